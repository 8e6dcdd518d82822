package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.tierstock.movements.Book;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.sales.fake.SalesLayer;

/** A seeded random history of the sales layer, beside a dispatch layer that knows nothing of it. */
final class SalesHistory {
    private static final String[] SKUS = {"tea", "jam", "rye"};

    final SalesLayer sales = SalesLayer.with(DeductionMode.PRE_HOLD);
    private final Random random;
    private final Map<String, Long> accounts = new HashMap<>();
    private int numbers;

    SalesHistory(long seed) {
        this.random = new Random(seed);
    }

    /** What dispatch has promised and promised again, by SKU. */
    Map<String, Long> accounts() {
        return accounts;
    }

    /** One thing happens. */
    void act() {
        String sku = SKUS[random.nextInt(SKUS.length)];
        switch (random.nextInt(12)) {
            case 0 -> {
                long units = 1 + random.nextInt(12);
                sales.grant(sku, units);
                accounts.merge(sku, units, Long::sum);
            }
            case 1 -> revoke(sku, 1 + random.nextInt(5));
            case 2, 3, 4, 5 -> sales.place(randomOrder());
            case 6, 7 -> pay();
            case 8 -> cancel();
            case 9 -> {
                sales.pass(Duration.ofMinutes(random.nextInt(8)));
                sales.expire();
            }
            case 10 -> {
                sales.handOver();
                sales.ask(cancel -> random.nextInt(3) == 0 ? null : accepted(cancel));
            }
            default -> reverse();
        }
    }

    private PlaceOrder randomOrder() {
        PlaceOrder.Line[] lines = new PlaceOrder.Line[1 + random.nextInt(3)];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = SalesLayer.line(i + 1, SKUS[random.nextInt(SKUS.length)], 1 + random.nextInt(4));
        }
        String number = random.nextInt(10) == 0 && numbers > 0 ? "" + random.nextInt(numbers) : "" + numbers++;
        PlaceOrder plain = SalesLayer.order(number, lines);
        DeductionMode mode = random.nextInt(3) == 0 ? DeductionMode.PAYMENT_TIME : null;
        return new PlaceOrder(plain.number(), mode, 0, "", "", "", "", plain.lines(), "");
    }

    private void revoke(String sku, long units) {
        sales.revoke(sales.next(new StockRevoked("RE-" + numbers++, SalesLayer.key(sku), units)));
    }

    private void pay() {
        if (numbers > 0) {
            sales.pay("" + random.nextInt(numbers), "P" + random.nextInt(numbers));
        }
    }

    private void cancel() {
        if (sales.adapters.orders.all().isEmpty()) {
            return;
        }
        Order order = sales.adapters
                .orders
                .all()
                .get(random.nextInt(sales.adapters.orders.all().size()));
        String number = order.number().channelOrderNumber();
        if (random.nextBoolean()) {
            sales.cancel(number, "C" + random.nextInt(numbers));
        } else {
            sales.cancel(number, "C" + random.nextInt(numbers), new CancelOrder.Line(1, 1 + random.nextInt(3)));
        }
    }

    private long accepted(String cancel) {
        Cancellation asked = sales.adapters.cancellations.all().stream()
                .filter(each -> cancel.startsWith(each.document() + '~'))
                .findFirst()
                .orElseThrow();
        Cancellation.Line line = asked.line(Integer.parseInt(cancel.substring(cancel.indexOf('~') + 1)));
        return line.asked() - random.nextLong(line.pending() + 1);
    }

    private void reverse() {
        for (Cancellation cancel : sales.adapters.cancellations.all()) {
            for (Cancellation.Line line : cancel.lines()) {
                if (line.pending() > 0 && line.answered()) {
                    long units = random.nextLong(line.pending() + 1);
                    long regranted = random.nextLong(units + 1);
                    Order order = sales.order(cancel.order().channelOrderNumber());
                    String sku =
                            order.line(line.line()).orElseThrow().key().sku().code();
                    accounts.merge(sku, regranted, Long::sum);
                    sales.reverse(sales.reversal(
                            cancel.order().channelOrderNumber(),
                            line.line(),
                            units,
                            regranted,
                            Cancellation.cancelOf(cancel.document(), line.line()),
                            line.pending() - units));
                    return;
                }
            }
        }
    }

    /** The books hold (protocol 7, E1 and E7). */
    static void check(SalesLayer sales, Map<String, Long> accounts) {
        Map<StockKey, long[]> byLines = new HashMap<>();
        for (Order order : sales.adapters.orders.all()) {
            for (OrderLine line : order.lines()) {
                long[] sums = byLines.computeIfAbsent(line.key(), key -> new long[2]);
                if (line.state() == LineState.PLACED
                        && order.terms().deductionMode().locksAtOrder()) {
                    sums[0] += line.remaining();
                }
                if (line.state().sold()) {
                    sums[1] += line.remaining() - line.reversed();
                }
            }
        }
        Map<StockKey, long[]> byMovements = byMovements(sales);
        Map<String, Long> sent = sentUnits(sales);
        for (StockKey key : sales.adapters.stock.keys()) {
            long[] sums = byLines.getOrDefault(key, new long[2]);
            assertThat(sales.adapters.stock.balance(key, SalesBucket.LOCKED)).isEqualTo(sums[0]);
            assertThat(sales.adapters.stock.balance(key, SalesBucket.SOLD)).isEqualTo(sums[1]);
            for (SalesBucket bucket : SalesBucket.values()) {
                assertThat(sales.adapters.stock.balance(key, bucket)).isNotNegative();
                if (!bucket.edge()) {
                    assertThat(sales.adapters.stock.balance(key, bucket))
                            .isEqualTo(byMovements.getOrDefault(key, new long[5])[bucket.ordinal()]);
                }
            }
            String sku = key.sku().code();
            assertThat(sales.adapters.stock.open(key.channelKey()))
                    .isEqualTo(accounts.getOrDefault(sku, 0L)
                            + sent.getOrDefault(key.channelKey().text(), 0L));
        }
    }

    private static Map<StockKey, long[]> byMovements(SalesLayer sales) {
        Map<StockKey, long[]> sums = new HashMap<>();
        for (Book.Entry<StockKey, SalesBucket> entry : sales.adapters.stock.ledger()) {
            Movement<StockKey, SalesBucket> movement = entry.movement();
            if (movement.from() != null) {
                sums.computeIfAbsent(movement.from(), key -> new long[5])[
                                movement.fromBucket().ordinal()] -=
                        movement.quantity();
            }
            if (movement.to() != null) {
                sums.computeIfAbsent(movement.to(), key -> new long[5])[
                                movement.toBucket().ordinal()] +=
                        movement.quantity();
            }
        }
        return sums;
    }

    /** What the messages to dispatch take out of its account, per key: negative. */
    private static Map<String, Long> sentUnits(SalesLayer sales) {
        Map<String, Long> sent = new HashMap<>();
        for (Received<Message> received : sales.adapters.outbox.sent()) {
            for (Message.Effect effect : received.message().effects()) {
                sent.merge(effect.key(), effect.quantity(), Long::sum);
            }
        }
        return sent;
    }
}
