package org.tierstock.integration.simulation;

import static org.tierstock.integration.simulation.Equations.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineCancel;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.movements.ChannelKey;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** E1, E7 and E11: what sales and dispatch must agree about. */
final class EscrowEquations {
    private final World world;

    EscrowEquations(World world) {
        this.world = world;
    }

    void check(InFlight flight) {
        checkEscrow(flight);
        checkSold(flight);
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
}
