package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineCancel;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.warehouse.application.port.OutboundCancels.Request;
import org.tierstock.warehouse.domain.Warehouse;
import org.tierstock.warehouse.domain.WarehouseBucket;

/**
 * The equations of the protocol's sections 7 and 11.10 as far as what they speak of exists. Each is checked after every
 * transaction of a layer whose numbers are in it.
 */
final class Equations {
    private final World world;
    private final Ledgers ledgers;
    private final Map<Sku, Long> lost = new HashMap<>();

    Equations(World world) {
        this.world = world;
        this.ledgers = new Ledgers(world);
    }

    /** After a transaction of that process, which sent these messages. */
    void check(Process process, List<Received<Message>> sent) {
        ledgers.follow(process);
        sent.forEach(this::countLoss);
        InFlight flight = InFlight.of(world.traffic);
        if (process == world.sales.process) {
            checkEscrow(flight);
            checkSold(flight);
        } else if (process == world.dispatch.process) {
            checkEscrow(flight);
            checkBooks(flight);
            checkDispatch(flight);
            checkSold(flight);
        } else {
            checkBooks(flight);
            checkLocks();
            checkDispatch(flight);
        }
    }

    /** All of them, and every balance against its ledger. */
    void checkEverything() {
        ledgers.compareAll();
        InFlight flight = InFlight.of(world.traffic);
        checkEscrow(flight);
        checkBooks(flight);
        checkLocks();
        checkDispatch(flight);
        checkSold(flight);
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

    // ---- E1

    private void checkEscrow(InFlight flight) {
        Map<ChannelKey, Long> accounts = new HashMap<>();
        for (Place place : world.dispatch.ports.stock.places()) {
            if (place instanceof Place.Backing backing) {
                accounts.merge(
                        backing.key(), world.dispatch.ports.stock.balance(place, DispatchBucket.ALLOTTED), Long::sum);
            }
        }
        for (ChannelKey key : Goods.KEYS) {
            StockKey regular = StockKey.regular(key);
            long open = sales(regular, SalesBucket.SELLABLE)
                    + sales(regular, SalesBucket.LOCKED)
                    + sales(regular, SalesBucket.HELD);
            long account = accounts.getOrDefault(key, 0L);
            long underWay = flight.byKey.getOrDefault(key, 0L);
            require(
                    account == open + underWay,
                    "E1 escrow",
                    () -> key + ": account " + account + ", open at sales " + open + " + in flight " + underWay);
        }
    }

    private long sales(StockKey key, SalesBucket bucket) {
        return world.sales.ports.stock.balance(key, bucket);
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
        long expected = outbound.quantity();
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
                there != null || outbound.state() == Outbound.State.REQUESTED,
                "E3 outbound",
                () -> outbound.id() + ": answered by a warehouse that does not know it");
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

    // ---- E7, E11 between sales and dispatch

    private void checkSold(InFlight flight) {
        Map<LineNumber, DispatchLine> lines = new HashMap<>();
        world.dispatch.ports.lines.all().forEach(line -> lines.put(line.number(), line));
        Map<StockKey, Long> sold = new HashMap<>();
        Map<StockKey, Long> locked = new HashMap<>();
        Map<LineNumber, Long> pending = new HashMap<>();
        checkCancels(flight, pending);
        for (Order order : world.sales.ports.orders.all()) {
            for (OrderLine line : order.lines()) {
                if (line.state().sold()) {
                    sold.merge(line.key(), line.remaining() - line.reversed(), Long::sum);
                } else if (line.state() == LineState.PLACED
                        && order.terms().deductionMode().locksAtOrder()) {
                    locked.merge(line.key(), line.remaining(), Long::sum);
                }
                checkLine(new LineNumber(order.number().text(), line.line()), line, lines, flight, pending);
            }
        }
        for (ChannelKey channelKey : Goods.KEYS) {
            StockKey key = StockKey.regular(channelKey);
            require(
                    sales(key, SalesBucket.SOLD) == sold.getOrDefault(key, 0L),
                    "E7 sold",
                    () -> key + ": " + sales(key, SalesBucket.SOLD) + ", by its lines " + sold.get(key));
            require(
                    sales(key, SalesBucket.LOCKED) == locked.getOrDefault(key, 0L),
                    "E7 locked",
                    () -> key + ": " + sales(key, SalesBucket.LOCKED) + ", by its lines " + locked.get(key));
        }
    }

    private static void checkLine(
            LineNumber number,
            OrderLine line,
            Map<LineNumber, DispatchLine> lines,
            InFlight flight,
            Map<LineNumber, Long> pending) {
        DispatchLine there = lines.get(number);
        long reversed = line.reversed() + flight.byLine.getOrDefault(number, 0L);
        long cancelled = there == null ? 0 : there.cancelled();
        require(
                reversed == cancelled && line.reversed() <= line.remaining(),
                "E7 reversed",
                () -> number + ": reversed " + reversed + " with what is in flight, cancelled at dispatch "
                        + cancelled);
        require(
                line.pendingCancel() == pending.getOrDefault(number, 0L),
                "E11 cancels",
                () -> number + ": pending " + line.pendingCancel() + ", by its cancels " + pending.get(number));
    }

    private void checkCancels(InFlight flight, Map<LineNumber, Long> pending) {
        Map<String, LineCancel> accepted = new HashMap<>();
        world.dispatch.ports.lines.allCancels().forEach(cancel -> accepted.put(cancel.cancel(), cancel));
        List<String> seen = new ArrayList<>();
        for (Cancellation cancellation : world.sales.ports.cancellations.all()) {
            for (Cancellation.Line line : cancellation.lines()) {
                pending.merge(new LineNumber(cancellation.order().text(), line.line()), line.pending(), Long::sum);
                String cancel = Cancellation.cancelOf(cancellation.document(), line.line());
                LineCancel there = accepted.get(cancel);
                long open = line.asked();
                if (there != null) {
                    seen.add(cancel);
                    open = there.open() + flight.byCancel.getOrDefault(cancel, 0L);
                    open += line.answered() ? 0 : line.asked() - there.accepted();
                }
                long at = open;
                require(
                        line.pending() == at,
                        "E11 cancels",
                        () -> cancel + ": sales has " + line.pending() + " open, dispatch and messages " + at);
            }
        }
        require(seen.size() == accepted.size(), "E11 cancels", () -> "dispatch knows a cancel that sales does not");
    }

    private interface Detail {
        String text();
    }

    private static void require(boolean holds, String equation, Detail detail) {
        if (!holds) {
            throw new EquationBroken(equation, detail.text());
        }
    }
}
