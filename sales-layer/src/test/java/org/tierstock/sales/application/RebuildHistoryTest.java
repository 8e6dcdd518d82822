package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.RebuildStock.Lost;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderSheet;
import org.tierstock.sales.fake.SalesLayer;

/**
 * A history goes on after its backup and is lost; what dispatch knew of it, up to any moment, makes the backup good. Two
 * histories of one seed are the same, so one of them is the backup of the other.
 */
class RebuildHistoryTest {
    private static final int SEEDS = 300;
    private static final int STEPS_BEFORE = 60;
    private static final int STEPS_AFTER = 80;

    @Test
    void the_books_hold_after_a_rebuild_from_whatever_dispatch_knew() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                rebuild(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed, e);
            }
        }
    }

    private static void rebuild(long seed) {
        SalesHistory history = new SalesHistory(seed);
        SalesHistory backup = new SalesHistory(seed);
        for (int step = 0; step < STEPS_BEFORE; step++) {
            history.act();
            backup.act();
        }
        int sentBefore = backup.sales.adapters.outbox.sent().size();
        int receivedBefore = backup.sales.fromDispatch().size();
        for (int step = 0; step < STEPS_AFTER; step++) {
            history.act();
        }
        SalesLayer lost = history.sales;
        SalesLayer restored = backup.sales;
        List<Received<Message>> told = told(lost, sentBefore, new Random(seed));
        Map<Sku, Lost> bySku = bySku(lost, told, receivedBefore);

        bySku.values().forEach(restored::rebuild);
        SalesHistory.check(restored, history.accounts());
        bySku.values().forEach(restored::rebuild);
        SalesHistory.check(restored, history.accounts());

        assertThat(restored.sent())
                .containsAll(told.stream().map(Received::message).toList());
        for (OrderSheet sheet : bySku.values().stream()
                .flatMap(ofSku -> ofSku.sheets().stream())
                .toList()) {
            Order before = sheet.order();
            Order now = restored.adapters.orders.load(List.of(before.number())).get(before.number());
            assertThat(now.lines()).hasSameSizeAs(before.lines());
            for (OrderLine line : before.lines()) {
                OrderLine again = now.line(line.line()).orElseThrow();
                assertThat(again.cancelled()).isEqualTo(line.cancelled());
                assertThat(again.reversed()).isEqualTo(line.reversed());
                assertThat(again.state().sold()).isEqualTo(line.state().sold());
            }
            assertThat(restored.adapters.payments.load(
                            sheet.payments().stream().map(p -> p.document()).toList()))
                    .hasSameSizeAs(sheet.payments());
        }
    }

    /** Of every partition a prefix of what was sent after the backup, at least what dispatch has acknowledged. */
    private static List<Received<Message>> told(SalesLayer lost, int before, Random random) {
        Map<Integer, List<Received<Message>>> byPartition = new HashMap<>();
        lost.adapters
                .outbox
                .sentAfter(before)
                .forEach(sent -> byPartition
                        .computeIfAbsent(sent.position().partition(), partition -> new ArrayList<>())
                        .add(sent));
        List<Received<Message>> told = new ArrayList<>();
        byPartition.values().forEach(sent -> {
            int least = 0;
            for (int i = 0; i < sent.size(); i++) {
                if (sent.get(i).message() instanceof HandOver handOver && lost.handed(handOver)) {
                    least = i + 1;
                }
            }
            told.addAll(sent.subList(0, least + random.nextInt(sent.size() - least + 1)));
        });
        return told;
    }

    private static Map<Sku, Lost> bySku(SalesLayer lost, List<Received<Message>> told, int receivedBefore) {
        Map<Sku, Lost> bySku = new HashMap<>();
        Set<OrderNumber> orders = new HashSet<>();
        for (Received<Message> sent : told) {
            switch (sent.message()) {
                case HandOver handOver -> {
                    of(bySku, handOver.key().sku()).handOvers().add(sent.as(handOver));
                    orders.add(OrderNumber.parse(handOver.order()));
                }
                case RevocationSettled settled ->
                    of(bySku, settled.key().sku()).settlements().add(sent.as(settled));
                default -> throw new IllegalStateException("Sales sends no " + sent);
            }
        }
        for (Received<?> received :
                lost.fromDispatch().subList(receivedBefore, lost.fromDispatch().size())) {
            switch (received.message()) {
                case StockGranted granted ->
                    of(bySku, granted.key().sku()).grants().add(received.as(granted));
                case StockRevoked revoked ->
                    of(bySku, revoked.key().sku()).revocations().add(received.as(revoked));
                case SaleReversed reversed -> {
                    of(bySku, reversed.key().sku()).reversals().add(received.as(reversed));
                    // Its cancel had brought the order's sheet.
                    orders.add(OrderNumber.parse(reversed.order()));
                }
                default -> throw new IllegalStateException("Sales receives no " + received);
            }
        }
        for (OrderNumber order : orders) {
            OrderSheet sheet = lost.sheet(order.channelOrderNumber());
            sheet.order().lines().stream()
                    .map(line -> line.key().sku())
                    .distinct()
                    .forEach(sku -> of(bySku, sku).sheets().add(sheet));
        }
        return bySku;
    }

    private static Lost of(Map<Sku, Lost> bySku, Sku sku) {
        return bySku.computeIfAbsent(sku, Lost::new);
    }
}
