package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.Place;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;
import org.tierstock.warehouse.domain.Warehouse;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Receives, picks, ships and counts, and posts a document again when nothing was heard of it. */
final class WarehouseStaff {
    private static final int REMEMBERED = 40;

    private final World world;
    private final List<Supplier<Object>> posted = new ArrayList<>();
    private int numbers;

    WarehouseStaff(World world) {
        this.world = world;
    }

    void receive() {
        Chance chance = world.chance();
        String node = chance.any(Goods.NODES);
        long bad = chance.onceIn(6) ? 1 : 0;
        Receipt receipt = new Receipt(
                number("R"),
                ReceiptCause.PURCHASE,
                node,
                List.of(new Receipt.Line(1, shelf(node), null, 0, chance.upTo(8), bad)));
        post(() -> world.warehouses.floor().receive(receipt), receipt.toString());
    }

    void pick() {
        Chance chance = world.chance();
        List<Outbound> pickable = locked().stream()
                .filter(outbound -> outbound.picked() < outbound.locked())
                .toList();
        if (pickable.isEmpty()) {
            return;
        }
        Outbound outbound = chance.any(pickable);
        List<Map.Entry<Place, Long>> rows = outbound.rows().entrySet().stream()
                .filter(row -> !row.getKey().staging())
                .toList();
        Map.Entry<Place, Long> row = chance.any(rows);
        long asked = chance.upTo(row.getValue());
        boolean missing = world.climate.losses() && chance.onceIn(5);
        long found = missing ? chance.below((int) asked) : asked;
        Pick pick = new Pick(
                number("P"),
                outbound.order().outbound(),
                Warehouse.STAGING,
                List.of(new Pick.Line(row.getKey().location(), row.getKey().batch(), asked, found)));
        post(() -> world.warehouses.floor().pick(pick), pick.toString());
    }

    void ship() {
        List<Outbound> locked = locked();
        if (!locked.isEmpty()) {
            Chance chance = world.chance();
            Outbound outbound = chance.any(locked);
            OptionalLong quantity =
                    chance.onceIn(2) ? OptionalLong.empty() : OptionalLong.of(chance.upTo(outbound.locked()));
            Shipment shipment = new Shipment(number("S"), outbound.order().outbound(), quantity);
            post(() -> world.warehouses.floor().ship(shipment), shipment.toString());
        }
    }

    void count() {
        Chance chance = world.chance();
        String node = chance.any(Goods.NODES);
        StockKey key = shelf(node);
        if (chance.onceIn(6)) {
            key = Goods.shelf(node, key.sku(), key.batch(), Warehouse.STAGING);
        }
        Map<WarehouseBucket, Long> row = world.warehouses.ports.stock.balances().getOrDefault(key, Map.of());
        long booked = row.getOrDefault(WarehouseBucket.AVAILABLE, 0L) + row.getOrDefault(WarehouseBucket.LOCKED, 0L);
        boolean gain = !world.climate.losses() || chance.onceIn(4);
        long counted = gain ? booked + chance.below(2) : Math.max(0, booked - chance.upTo(4));
        Stocktake stocktake = new Stocktake(number("T"), node, List.of(new Stocktake.Line(1, key, counted)));
        post(() -> world.warehouses.floor().count(stocktake), stocktake.toString());
    }

    /** A document that was posted before comes again. */
    void postAgain() {
        if (!posted.isEmpty()) {
            Object outcome = world.chance().any(posted).get();
            world.say("posted again -> " + outcome.getClass().getSimpleName());
        }
    }

    /** Ships everything that is locked. */
    void shipAll() {
        for (Outbound outbound : locked()) {
            world.warehouses
                    .floor()
                    .ship(new Shipment(number("S"), outbound.order().outbound(), OptionalLong.empty()));
        }
    }

    private void post(Supplier<Object> document, String what) {
        posted.add(document);
        if (posted.size() > REMEMBERED) {
            posted.removeFirst();
        }
        world.say(what);
        Object outcome = document.get();
        world.say("  -> " + outcome.getClass().getSimpleName());
    }

    private List<Outbound> locked() {
        return world.warehouses.ports.outbounds.all().stream()
                .filter(outbound -> outbound.locked() > 0)
                .toList();
    }

    private StockKey shelf(String node) {
        Chance chance = world.chance();
        return Goods.shelf(node, chance.any(Goods.SKUS), chance.any(Goods.BATCHES), chance.any(Goods.LOCATIONS));
    }

    private String number(String prefix) {
        return prefix + world.step() + "-" + ++numbers;
    }
}
