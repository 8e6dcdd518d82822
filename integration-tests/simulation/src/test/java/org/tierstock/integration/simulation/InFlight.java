package org.tierstock.integration.simulation;

import java.util.HashMap;
import java.util.Map;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.protocol.Message.Effect;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Received;

/** What the messages in flight carry: committed by the sender and not applied by the receiver. */
final class InFlight {
    /** Units of an account that neither side counts as open. */
    final Map<ChannelKey, Long> byKey = new HashMap<>();

    /** Changes of a book that dispatch has not applied. */
    final Map<Cell, Long> byCell = new HashMap<>();

    /** Units shipped or lost of an outbound. */
    final Map<String, Long> byOutbound = new HashMap<>();

    /** Units reversed of a line. */
    final Map<LineNumber, Long> byLine = new HashMap<>();

    /** Units done or refused of a cancel. */
    final Map<String, Long> byCancel = new HashMap<>();

    static InFlight of(Traffic traffic) {
        InFlight flight = new InFlight();
        for (Received<?> received : traffic.inFlight()) {
            flight.add(received);
        }
        return flight;
    }

    private void add(Received<?> received) {
        switch (received.message()) {
            case StockGranted granted -> add(byKey, granted.key(), granted.quantity());
            case StockRevoked revoked -> {
                // Only its settlement moves anything.
            }
            case SaleReversed reversed -> {
                add(byKey, reversed.key(), reversed.regranted());
                add(byLine, new LineNumber(reversed.order(), reversed.orderLine()), reversed.quantity());
                if (reversed.cancel() != null) {
                    add(byCancel, reversed.cancel(), reversed.quantity() + reversed.refused());
                }
            }
            case RevocationSettled settled -> add(byKey, settled.key(), settled.taken());
            case HandOver handOver -> add(byKey, handOver.key(), handOver.quantity());
            case GoodsReceived report -> addBook(report);
            case GoodsShipped report -> {
                addBook(report);
                add(byOutbound, report.outbound(), report.quantity());
            }
            case StockChanged report -> {
                addBook(report);
                report.lostLocks().forEach(lock -> add(byOutbound, lock.outbound(), lock.quantity()));
            }
        }
    }

    private void addBook(FromWarehouse report) {
        for (Effect effect : report.effects()) {
            add(byCell, Cell.parse(effect.key()), effect.quantity());
        }
    }

    private static <K> void add(Map<K, Long> units, K key, long quantity) {
        units.merge(key, quantity, Long::sum);
    }
}
