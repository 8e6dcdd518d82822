package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.warehouse.application.Floor;
import org.tierstock.warehouse.domain.CountOutcome;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickOutcome;
import org.tierstock.warehouse.domain.Place;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceiveOutcome;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;
import org.tierstock.warehouse.domain.Warehouse;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Receives, picks, ships and counts, and posts a document again when nothing was heard of it. */
final class WarehouseStaff {
    private final World world;
    private final Desk<Receipt> receipts;
    private final Desk<Pick> picks;
    private final Desk<Shipment> shipments;
    private final Desk<Stocktake> stocktakes;
    private int numbers;

    WarehouseStaff(World world) {
        this.world = world;
        this.receipts = new Desk<>(world, posted -> floor().receiveAll(posted), Set.of(ReceiveOutcome.Received.class));
        this.picks = new Desk<>(
                world, posted -> posted.stream().map(floor()::pick).toList(), Set.of(PickOutcome.Picked.class));
        this.shipments = new Desk<>(world, posted -> floor().shipAll(posted), Set.of(ShipOutcome.Shipped.class));
        this.stocktakes = new Desk<>(
                world, posted -> posted.stream().map(floor()::count).toList(), Set.of(CountOutcome.Counted.class));
    }

    private Floor floor() {
        return world.warehouses.floor();
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
        receipts.handIn(List.of(receipt));
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
        picks.handIn(List.of(pick));
    }

    void ship() {
        List<Outbound> locked = locked();
        if (!locked.isEmpty()) {
            Chance chance = world.chance();
            Outbound outbound = chance.any(locked);
            OptionalLong quantity =
                    chance.onceIn(2) ? OptionalLong.empty() : OptionalLong.of(chance.upTo(outbound.locked()));
            Shipment shipment = new Shipment(number("S"), outbound.order().outbound(), quantity);
            shipments.handIn(List.of(shipment));
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
        stocktakes.handIn(List.of(stocktake));
    }

    /** Nothing is left of a SKU on any shelf: many paid lines are short at once, and not all of them can use what comes next. */
    void loseAll() {
        if (!world.climate.losses()) {
            return;
        }
        Sku sku = world.chance().any(Goods.SKUS);
        for (String node : Goods.NODES) {
            List<StockKey> rows = world.warehouses.ports.stock.balances().keySet().stream()
                    .filter(key -> key.warehouse().equals(node)
                            && key.sku().equals(sku)
                            && key.quality() == Quality.NORMAL
                            && Goods.LOCATIONS.contains(key.location()))
                    .sorted(Comparator.comparing(StockKey::toString))
                    .toList();
            if (!rows.isEmpty()) {
                List<Stocktake.Line> lines = new ArrayList<>();
                rows.forEach(row -> lines.add(new Stocktake.Line(lines.size() + 1, row, 0)));
                stocktakes.handIn(List.of(new Stocktake(number("T"), node, lines)));
            }
        }
    }

    /** A document that was posted before comes again. */
    void postAgain() {
        world.chance().any(List.of(receipts, picks, shipments, stocktakes)).again();
    }

    /** Ships everything that is locked. */
    void shipAll() {
        for (Outbound outbound : locked()) {
            floor().ship(new Shipment(number("S"), outbound.order().outbound(), OptionalLong.empty()));
        }
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
