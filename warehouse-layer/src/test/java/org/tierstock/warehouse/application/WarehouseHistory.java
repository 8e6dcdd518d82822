package org.tierstock.warehouse.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.warehouse.application.port.OutboundPositions.Position;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.Place;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReleaseOutcome;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;

/**
 * A seeded history of one warehouse: receipts, locks, cancels, picks, shipments and counts in any order, each now and
 * then repeated, beside a dispatch layer that applies the messages late and in any order.
 */
final class WarehouseHistory {
    private static final List<String> SKUS = List.of("COLA", "PHONE");
    private static final List<String> BATCHES = List.of("B1", "B2");
    private static final List<String> LOCATIONS = List.of("A-1", "A-2");

    private final Random random;
    private final Floor floor;
    private final List<OutboundOrder> orders = new ArrayList<>();
    private final Map<String, Long> answered = new TreeMap<>();
    private final Map<String, Long> released = new HashMap<>();
    private final Set<Integer> applied = new HashSet<>();
    private final List<Runnable> repetitions = new ArrayList<>();
    private int documents;

    WarehouseHistory(long seed, Floor floor) {
        this.random = new Random(seed);
        this.floor = floor;
    }

    /** The answers of locks, by outbound. */
    Map<String, Long> answered() {
        return Map.copyOf(answered);
    }

    /** What the answers of cancels have released, by outbound. */
    Map<String, Long> released() {
        return Map.copyOf(released);
    }

    /** Takes so many steps and checks the equations of the protocol after each. */
    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            Equations.check(floor);
            checkPositions();
        }
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1 -> receive();
            case 2, 3 -> lock();
            case 4 -> cancel();
            case 5 -> pick();
            case 6 -> ship();
            case 7 -> count();
            case 8 -> repeat();
            default -> applySomeMessages();
        }
    }

    private void receive() {
        Receipt receipt = new Receipt(
                number("R"),
                ReceiptCause.PURCHASE,
                "WH1",
                List.of(new Receipt.Line(1, anyKey(), null, 0, 1 + random.nextInt(9), random.nextInt(2))));
        postAndKeep(() -> floor.receive(receipt));
    }

    private void lock() {
        Cell cell = new Cell(new NodeKey("WH1", "MAIN", "OWN", Quality.NORMAL), new Sku(any(SKUS)));
        String id = number("OB");
        OutboundOrder order = new OutboundOrder(
                id, orders.size() + 1, "web:1", 1, cell, 1 + random.nextInt(6), "", "", "", "", new PeerJournal(1, 1));
        orders.add(order);
        Runnable call = () -> {
            LockOutcome.Answered answer = (LockOutcome.Answered) floor.lock(new LockStock.Request(order, 0));
            Long before = answered.put(id, answer.locked());
            assertThat(before == null || before == answer.locked())
                    .as("a lock's answer never changes")
                    .isTrue();
        };
        postAndKeep(call);
    }

    private void cancel() {
        if (orders.isEmpty()) {
            return;
        }
        OutboundOrder order = any(orders);
        OutboundCancel cancel = new OutboundCancel(
                order.warehouse(), order.outbound(), number("CX"), 1 + random.nextInt(6), new PeerJournal(1, 1));
        Map<String, Long> answers = new HashMap<>();
        postAndKeep(() -> {
            long units = ((ReleaseOutcome.Released) floor.release(cancel)).released();
            if (answers.putIfAbsent(cancel.request(), units) == null) {
                released.merge(cancel.outbound(), units, Long::sum);
            }
            assertThat(answers).containsEntry(cancel.request(), units);
        });
    }

    private void pick() {
        Outbound outbound = anyLocked();
        if (outbound == null) {
            return;
        }
        Map.Entry<Place, Long> row = any(List.copyOf(outbound.rows().entrySet()));
        long asked = 1 + random.nextInt(row.getValue().intValue());
        long found = random.nextInt(4) == 0 ? random.nextInt((int) asked) : asked;
        Pick pick = new Pick(
                number("P"),
                outbound.order().outbound(),
                "STAGING",
                List.of(new Pick.Line(row.getKey().location(), row.getKey().batch(), asked, found)));
        postAndKeep(() -> floor.pick(pick));
    }

    private void ship() {
        Outbound outbound = anyLocked();
        if (outbound == null) {
            return;
        }
        OptionalLong quantity = random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(1 + random.nextInt(6));
        Shipment shipment = new Shipment(number("S"), outbound.order().outbound(), quantity);
        postAndKeep(() -> floor.ship(shipment));
    }

    private void count() {
        StockKey key = random.nextInt(4) == 0 ? at(anyKey(), "STAGING") : anyKey();
        long booked = floor.balances().getOrDefault(key, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long counted = Math.max(0, booked + random.nextInt(5) - 3);
        Stocktake stocktake = new Stocktake(number("T"), "WH1", List.of(new Stocktake.Line(1, key, counted)));
        postAndKeep(() -> floor.count(stocktake));
    }

    private void postAndKeep(Runnable post) {
        repetitions.add(post);
        post.run();
    }

    /** A document that was posted long ago comes again. Whatever it answers, the equations must hold. */
    private void repeat() {
        if (!repetitions.isEmpty()) {
            any(repetitions).run();
        }
    }

    private void applySomeMessages() {
        for (int i = 0; i < floor.allMessages().size(); i++) {
            if (random.nextInt(3) == 0) {
                applied.add(i);
            }
        }
    }

    /** E3: what the dispatch layer still expects of each outbound is what this layer says at the dispatch layer's cut. */
    private void checkPositions() {
        Map<String, Long> expected = new TreeMap<>(answered);
        released.forEach((outbound, units) -> expected.merge(outbound, -units, Long::sum));
        List<Message> messages = floor.allMessages();
        for (int i : applied) {
            if (messages.get(i) instanceof GoodsShipped shipped) {
                expected.merge(shipped.outbound(), -shipped.quantity(), Long::sum);
            } else if (messages.get(i) instanceof StockChanged changed) {
                changed.lostLocks().forEach(lost -> expected.merge(lost.outbound(), -lost.quantity(), Long::sum));
            }
        }
        expected.values().removeIf(units -> units == 0);
        Map<String, Long> stated = new TreeMap<>();
        for (Position position : floor.positions("WH1", cut(messages))) {
            stated.put(position.outbound(), position.quantity());
        }
        assertThat(stated).as("E3").isEqualTo(expected);
    }

    /** The numbers that the outbox gave the applied messages, since it counts by partition. */
    private List<AppliedPosition> cut(List<Message> messages) {
        List<AppliedPosition> cut = new ArrayList<>();
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            long sequence = 0;
            long contiguous = 0;
            List<Long> beyond = new ArrayList<>();
            for (int i = 0; i < messages.size(); i++) {
                if (messages.get(i).partition() != partition) {
                    continue;
                }
                sequence++;
                if (applied.contains(i) && contiguous == sequence - 1) {
                    contiguous = sequence;
                } else if (applied.contains(i)) {
                    beyond.add(sequence);
                }
            }
            cut.add(new AppliedPosition("W>D:WH1", partition, contiguous, NumberRanges.of(beyond)));
        }
        return cut;
    }

    private Outbound anyLocked() {
        List<Outbound> locked = floor.outbounds().stream()
                .filter(outbound -> outbound.locked() > 0)
                .sorted((one, other) ->
                        Long.compare(one.order().number(), other.order().number()))
                .toList();
        return locked.isEmpty() ? null : any(locked);
    }

    private StockKey anyKey() {
        return new StockKey("WH1", "MAIN", "OWN", new Sku(any(SKUS)), any(BATCHES), Quality.NORMAL, any(LOCATIONS));
    }

    private static StockKey at(StockKey key, String location) {
        return new StockKey(
                key.warehouse(), key.virtualWarehouse(), key.owner(), key.sku(), key.batch(), key.quality(), location);
    }

    private String number(String prefix) {
        return prefix + ++documents;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
