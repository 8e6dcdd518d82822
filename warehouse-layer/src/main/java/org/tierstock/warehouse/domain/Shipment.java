package org.tierstock.warehouse.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;

/**
 * 发货: goods of one outbound leave the house.
 *
 * @param number the warehouse system's number, the idempotency key
 * @param quantity whole units, at least 1; empty for all that is locked
 */
public record Shipment(String number, String outbound, OptionalLong quantity) {
    public Shipment {
        Code.number("shipmentNumber", number);
        Code.number("outbound", outbound);
        quantity.ifPresent(units -> Quantity.positive("quantity", units));
    }

    /**
     * LOCKED -> EXTERNAL (S70), picked goods before others, one shipment line and one message a batch. A part of the
     * outbound may be shipped, the rest stays locked.
     */
    public Decided<ShipOutcome> decide(Outbound outbound, Book<StockKey, WarehouseBucket> book) {
        long units = quantity.orElse(Math.max(1, outbound.locked()));
        if (units > outbound.locked()) {
            return Decided.refused(new ShipOutcome.NotLocked(units, outbound.locked()));
        }
        Outbound after = outbound;
        List<ShippedGoods.Line> lines = new ArrayList<>();
        for (Map.Entry<String, Map<Place, Long>> batch :
                byBatch(outbound, units).entrySet()) {
            long leaving = batch.getValue().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            int line = lines.size() + 1;
            DocumentLine because = new DocumentLine(DocumentKind.SHIPMENT, number, line);
            GoodsShipped message = new GoodsShipped(
                    outbound.order().warehouse(),
                    number + '/' + line,
                    this.outbound,
                    outbound.order().cell(),
                    leaving,
                    batch.getKey());
            for (Map.Entry<Place, Long> row : batch.getValue().entrySet()) {
                book.post(
                        Movement.within(
                                Action.DEDUCT,
                                outbound.key(row.getKey()),
                                WarehouseBucket.LOCKED,
                                WarehouseBucket.EXTERNAL,
                                row.getValue(),
                                because),
                        message);
                after = after.shipped(row.getKey(), row.getValue());
            }
            lines.add(new ShippedGoods.Line(line, batch.getKey(), leaving));
        }
        return new Decided<>(new ShipOutcome.Shipped(new ShippedGoods(this, lines), false), List.of(after));
    }

    /**
     * The answer when dispatch had been told of the shipment in a lost history: what left then, and nothing more.
     *
     * @param told at least one line
     */
    public ShipOutcome again(Told told) {
        List<ShippedGoods.Line> left = told.lines().keySet().stream()
                .sorted()
                .map(line -> new ShippedGoods.Line(
                        line, told.shipped(line).batch(), told.shipped(line).quantity()))
                .toList();
        ShippedGoods goods = new ShippedGoods(this, left);
        boolean same = told.lines().keySet().stream()
                        .allMatch(line -> told.shipped(line).outbound().equals(outbound))
                && quantity.orElse(goods.quantity()) == goods.quantity();
        return same ? new ShipOutcome.Shipped(goods, true) : new ShipOutcome.DocumentReused();
    }

    private static Map<String, Map<Place, Long>> byBatch(Outbound outbound, long units) {
        Map<String, Map<Place, Long>> batches = new TreeMap<>();
        long missing = units;
        for (Map.Entry<Place, Long> row : outbound.rows().entrySet()) {
            long taken = Math.min(missing, row.getValue());
            if (taken > 0) {
                batches.computeIfAbsent(row.getKey().batch(), batch -> new TreeMap<>())
                        .put(row.getKey(), taken);
                missing -= taken;
            }
        }
        return batches;
    }
}
