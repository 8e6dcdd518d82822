package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** Place, pay and cancel orders, and ask again when they heard nothing. */
final class Customers {
    private static final List<String> CHANNELS = List.of("web", "web", "app", "shop");
    private static final int REMEMBERED = 40;

    private final World world;
    private final List<Supplier<Object>> asked = new ArrayList<>();
    private int numbers;

    Customers(World world) {
        this.world = world;
    }

    void place() {
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
            return;
        }
        DeductionMode mode = chance.onceIn(4) ? chance.any(List.of(DeductionMode.values())) : null;
        OrderNumber number = new OrderNumber(code, number("o"));
        PlaceOrder order = new PlaceOrder(number, mode, 0, "", region, "", "", lines, "");
        ask(() -> world.sales.place(order), "places " + number + " " + lines);
    }

    void pay() {
        Chance chance = world.chance();
        List<Order> orders = world.sales.ports.orders.all().stream()
                .filter(order ->
                        order.state() == OrderState.PLACED || order.state() == OrderState.EXPIRED || chance.onceIn(60))
                .toList();
        if (!orders.isEmpty()) {
            OrderNumber order = chance.any(orders).number();
            ConfirmPayment payment = new ConfirmPayment(order, number("p"));
            ask(() -> world.sales.pay(payment), "pays " + order);
        }
    }

    void cancel() {
        Chance chance = world.chance();
        List<Order> orders = world.sales.ports.orders.all().stream()
                .filter(order -> order.lines().stream().anyMatch(Customers::cancellable) || chance.onceIn(60))
                .toList();
        if (orders.isEmpty()) {
            return;
        }
        Order order = chance.any(orders);
        List<CancelOrder.Line> lines = List.of();
        if (!chance.onceIn(3)) {
            OrderLine line = chance.any(order.lines());
            lines = List.of(new CancelOrder.Line(line.line(), chance.upTo(line.quantity())));
        }
        CancelOrder cancel = new CancelOrder(order.number(), number("c"), "BUYER", lines);
        ask(() -> world.sales.cancel(cancel), "cancels " + cancel.document() + " of " + order.number() + " " + lines);
    }

    private static boolean cancellable(OrderLine line) {
        return line.cancellable() > 0
                && switch (line.state()) {
                    case PLACED, PAID, HANDED -> true;
                    case CANCELLED, EXPIRED, REFUND -> false;
                };
    }

    /** What was asked before comes again, whether or not it was answered. */
    void askAgain() {
        if (!asked.isEmpty()) {
            Object outcome = world.chance().any(asked).get();
            world.say("customer asks again -> " + outcome.getClass().getSimpleName());
        }
    }

    private void ask(Supplier<Object> request, String what) {
        asked.add(request);
        if (asked.size() > REMEMBERED) {
            asked.removeFirst();
        }
        world.say("customer " + what);
        Object outcome = request.get();
        world.say("  -> " + outcome.getClass().getSimpleName());
    }

    /** Everything unpaid is cancelled: nothing is locked any more. */
    void leave() {
        for (Order order : world.sales.ports.orders.all()) {
            if (order.state() == OrderState.PLACED) {
                world.sales.cancel(new CancelOrder(order.number(), number("c"), "BUYER", List.of()));
            }
        }
    }

    private String number(String prefix) {
        return prefix + world.step() + "-" + ++numbers;
    }
}
