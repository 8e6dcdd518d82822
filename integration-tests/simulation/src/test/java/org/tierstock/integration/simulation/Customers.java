package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** Place, pay and cancel orders, and ask again when they heard nothing. */
final class Customers {
    private static final List<String> CHANNELS = List.of("web", "web", "app", "shop");

    /** Once in so many times they ask for what cannot be. */
    private static final int SELDOM = 8;

    private final World world;
    private final Desk<PlaceOrder> orders;
    private final Desk<ConfirmPayment> payments;
    private final Desk<CancelOrder> cancels;
    private int numbers;

    Customers(World world) {
        this.world = world;
        this.orders = new Desk<>(world, world.sales::place, Set.of(PlaceOutcome.Placed.class));
        this.payments =
                new Desk<>(world, world.sales::pay, Set.of(PaymentOutcome.Paid.class, PaymentOutcome.RefundDue.class));
        this.cancels = new Desk<>(world, world.sales::cancel, Set.of(CancelOutcome.Cancelled.class));
    }

    void place() {
        orders.handIn(several(this::order));
    }

    void pay() {
        payments.handIn(several(this::payment));
    }

    void cancel() {
        cancels.handIn(several(this::cancellation));
    }

    /** What was asked before comes again, whether or not it was answered. */
    void askAgain() {
        world.chance().any(List.of(orders, payments, cancels)).again();
    }

    private <C> List<C> several(Supplier<Optional<C>> one) {
        int count = world.chance().onceIn(4) ? 2 + world.chance().below(2) : 1;
        return Stream.generate(one).limit(count).flatMap(Optional::stream).toList();
    }

    private Optional<PlaceOrder> order() {
        Chance chance = world.chance();
        String code = chance.any(CHANNELS);
        Channel channel = world.sales.ports.channels.find(code).orElseThrow();
        String region = chance.onceIn(3) ? chance.any(Goods.REGIONS) : "";
        List<PlaceOrder.Line> lines = new ArrayList<>();
        int wanted = chance.onceIn(3) ? 1 + chance.below(3) : 1;
        for (int i = 0; i < wanted; i++) {
            Sku sku = chance.any(Goods.SKUS);
            ChannelKey key = Goods.key(channel.stockSource(), region.isEmpty() ? channel.shipRegion() : region, sku);
            long sellable = world.sales.ports.stock.balance(StockKey.regular(key), SalesBucket.SELLABLE);
            long quantity = chance.onceIn(6) ? chance.upTo(6) : Math.min(chance.upTo(4), sellable);
            if (quantity > 0) {
                lines.add(new PlaceOrder.Line(lines.size() + 1, sku, Quality.NORMAL, quantity));
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        DeductionMode mode = chance.onceIn(4) ? chance.any(List.of(DeductionMode.values())) : null;
        OrderNumber number = new OrderNumber(code, number("o"));
        return Optional.of(new PlaceOrder(number, mode, 0, "", region, "", "", lines, ""));
    }

    private Optional<ConfirmPayment> payment() {
        Chance chance = world.chance();
        boolean anything = chance.onceIn(SELDOM);
        List<Order> unpaid = world.sales.ports.orders.all().stream()
                .filter(order -> anything || order.state() == OrderState.PLACED || order.state() == OrderState.EXPIRED)
                .toList();
        return unpaid.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConfirmPayment(chance.any(unpaid).number(), number("p")));
    }

    private Optional<CancelOrder> cancellation() {
        Chance chance = world.chance();
        boolean anything = chance.onceIn(SELDOM);
        List<Order> open = world.sales.ports.orders.all().stream()
                .filter(order -> anything || order.lines().stream().anyMatch(Customers::cancellable))
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Order order = chance.any(open);
        List<CancelOrder.Line> lines = List.of();
        if (!chance.onceIn(3)) {
            OrderLine line = chance.any(order.lines());
            lines = List.of(new CancelOrder.Line(line.line(), chance.upTo(line.quantity())));
        }
        return Optional.of(new CancelOrder(order.number(), number("c"), "BUYER", lines));
    }

    private static boolean cancellable(OrderLine line) {
        return line.cancellable() > 0
                && switch (line.state()) {
                    case PLACED, PAID, HANDED -> true;
                    case CANCELLED, EXPIRED, REFUND -> false;
                };
    }

    /** Everything unpaid is cancelled: nothing is locked any more. */
    void leave() {
        for (Order order : world.sales.ports.orders.all()) {
            if (order.state() == OrderState.PLACED) {
                world.sales.cancel(List.of(new CancelOrder(order.number(), number("c"), "BUYER", List.of())));
            }
        }
    }

    private String number(String prefix) {
        return prefix + world.step() + "-" + ++numbers;
    }
}
