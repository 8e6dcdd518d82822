package org.tierstock.integration.simulation;

import static org.tierstock.integration.simulation.Equations.require;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.movements.Cell;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.warehouse.application.port.OutboundCancels.Request;
import org.tierstock.warehouse.domain.Warehouse;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** E2 to E6, and E11 at dispatch: what dispatch and the warehouses must agree about. */
final class BookEquations {
    private final World world;
    private final Map<Sku, Long> lost = new HashMap<>();

    BookEquations(World world) {
        this.world = world;
    }

    void check(InFlight flight) {
        checkBooks(flight);
        checkLocks();
        checkDispatch(flight);
    }

    /** What was lost explains what is short (E6). */
    void follow(List<Received<Message>> sent) {
        sent.forEach(this::countLoss);
    }

    private void countLoss(Received<Message> sent) {
        if (sent.message() instanceof StockChanged changed) {
            for (Side side : changed.sides()) {
                lost.merge(side.cell().sku(), Math.max(0, -side.available()), Long::sum);
            }
            Sku sku = changed.sides().getFirst().cell().sku();
            for (LostLock lock : changed.lostLocks()) {
                lost.merge(sku, lock.quantity(), Long::sum);
            }
        }
    }

    // ---- E2

    private void checkBooks(InFlight flight) {
        Map<Cell, Long> dispatch = new HashMap<>(flight.byCell);
        for (Place place : world.dispatch.ports.stock.places()) {
            long book = 0;
            for (DispatchBucket bucket : DispatchBucket.values()) {
                book += bucket.inBook() ? world.dispatch.ports.stock.balance(place, bucket) : 0;
            }
            dispatch.merge(place.cell(), book, Long::sum);
        }
        Map<Cell, Long> warehouse = new HashMap<>();
        world.warehouses.ports.stock.balances().forEach((key, row) -> {
            long book = 0;
            for (long units : row.values()) {
                book += units;
            }
            warehouse.merge(key.cell(), book, Long::sum);
        });
        for (Sku sku : Goods.SKUS) {
            for (String node : Goods.NODES) {
                Cell cell = Goods.cell(node, sku);
                long here = dispatch.getOrDefault(cell, 0L);
                long there = warehouse.getOrDefault(cell, 0L);
                require(
                        here == there,
                        "E2 book",
                        () -> cell + ": dispatch " + here + " with what is in flight, warehouse " + there);
            }
        }
    }

    // ---- E4 at the warehouse

    private void checkLocks() {
        Map<org.tierstock.warehouse.domain.StockKey, Long> held = new HashMap<>();
        world.warehouses
                .ports
                .outbounds
                .all()
                .forEach(outbound ->
                        outbound.rows().forEach((place, units) -> held.merge(outbound.key(place), units, Long::sum)));
        world.warehouses.ports.stock.balances().forEach((key, row) -> {
            long locked = row.getOrDefault(WarehouseBucket.LOCKED, 0L);
            require(
                    locked == held.getOrDefault(key, 0L),
                    "E4 locked",
                    () -> key + ": locked " + locked + ", held by outbounds " + held.get(key));
            require(
                    !key.location().equals(Warehouse.STAGING) || row.getOrDefault(WarehouseBucket.AVAILABLE, 0L) == 0,
                    "Picked goods are not available",
                    key::text);
        });
    }

    // ---- E3, E4, E5, E6, E11 at dispatch

    private void checkDispatch(InFlight flight) {
        Map<Cell, Long> allocated = new HashMap<>();
        Map<LineNumber, Long> ofLine = new HashMap<>();
        Map<Sku, Long> shorts = new HashMap<>();
        Map<String, org.tierstock.warehouse.domain.Outbound> answered = new HashMap<>();
        Map<Sku, Long> refused = new HashMap<>();
        for (org.tierstock.warehouse.domain.Outbound outbound : world.warehouses.ports.outbounds.all()) {
            answered.put(outbound.order().outbound(), outbound);
            refused.merge(outbound.order().cell().sku(), outbound.refused(), Long::sum);
        }
        for (Outbound outbound : world.dispatch.ports.outbounds.all()) {
            checkOutbound(outbound, answered.get(outbound.id()), flight);
            allocated.merge(outbound.cell(), outbound.remaining(), Long::sum);
            ofLine.merge(outbound.line(), outbound.remaining(), Long::sum);
            shorts.merge(outbound.cell().sku(), -outbound.cancelled(), Long::sum);
        }
        for (DispatchLine line : world.dispatch.ports.lines.all()) {
            require(
                    line.allocated() == ofLine.getOrDefault(line.number(), 0L),
                    "E5 line",
                    () -> line + ", its outbounds still have " + ofLine.get(line.number()) + " to ship");
            require(
                    line.open() <= line.allocated() + line.shortage(),
                    "E11 cancels",
                    () -> line + ": more is open than is left");
            require(
                    line.shortage() == 0 || line.open() <= line.asked(),
                    "E11 cancels",
                    () -> line + ": short, and a cancel that it could serve is open");
            shorts.merge(line.key().sku(), line.shortage() + line.cancelled(), Long::sum);
        }
        checkCells(allocated);
        for (Sku sku : Goods.SKUS) {
            long units = shorts.getOrDefault(sku, 0L);
            long explained = lost.getOrDefault(sku, 0L) + world.dispatch.soldOutOfLine(sku);
            require(
                    units <= explained,
                    "E6 no overselling",
                    () -> sku + ": short or given up " + units + ", but lost or sold out of line only " + explained);
            require(
                    lost.getOrDefault(sku, 0L) > 0 || refused.getOrDefault(sku, 0L) == 0,
                    "E6 no overselling",
                    () -> sku + ": refused " + refused.get(sku) + " although nothing was lost");
        }
    }

    private void checkOutbound(Outbound outbound, org.tierstock.warehouse.domain.Outbound there, InFlight flight) {
        boolean purged = there == null && outbound.state() == Outbound.State.ANSWERED && finished(outbound);
        long expected = purged ? 0 : outbound.quantity();
        if (there != null) {
            expected = there.locked() + flight.byOutbound.getOrDefault(outbound.id(), 0L);
            if (outbound.state() == Outbound.State.REQUESTED) {
                expected += there.refused();
            }
            if (outbound.release() != null) {
                Request request = new Request(outbound.id(), outbound.release().request());
                expected += world.warehouses
                        .ports
                        .cancels
                        .released(List.of(request))
                        .getOrDefault(request, 0L);
            }
        }
        long at = expected;
        require(
                outbound.remaining() == at,
                "E3 outbound",
                () -> outbound.id() + ": dispatch still expects " + outbound.remaining() + ", the warehouse "
                        + (there == null ? "does not know it" : "accounts for " + at));
        require(
                there != null || purged || outbound.state() == Outbound.State.REQUESTED,
                "E3 outbound",
                () -> outbound.id() + ": answered by a warehouse that does not know it");
    }

    /** Whether the warehouse was told that it is: only then may the warehouse have purged it. */
    private boolean finished(Outbound outbound) {
        Map<String, Long> lows = world.warehouses.ports.outbounds.lows(List.of(outbound.warehouse()));
        return outbound.number() <= lows.getOrDefault(outbound.warehouse(), 0L);
    }

    private void checkCells(Map<Cell, Long> allocated) {
        Map<Cell, Long> kept = world.dispatch.ports.stock.keptBack();
        for (Sku sku : Goods.SKUS) {
            for (String node : Goods.NODES) {
                Cell cell = Goods.cell(node, sku);
                Place place = new Place.Node(cell);
                long booked = dispatch(place, DispatchBucket.ALLOCATED);
                require(
                        booked == allocated.getOrDefault(cell, 0L),
                        "E4 allocated",
                        () -> cell + ": allocated " + booked + ", outbounds still have " + allocated.get(cell));
                require(
                        dispatch(place, DispatchBucket.HELD) == kept.getOrDefault(cell, 0L),
                        "E4 held",
                        () -> cell + ": kept back " + kept.get(cell));
                require(
                        dispatch(place, DispatchBucket.FREE) == 0 || dispatch(place, DispatchBucket.DEFICIT) == 0,
                        "Free stock means no deficit",
                        cell::text);
            }
        }
    }

    private long dispatch(Place place, DispatchBucket bucket) {
        return world.dispatch.ports.stock.balance(place, bucket);
    }
}
