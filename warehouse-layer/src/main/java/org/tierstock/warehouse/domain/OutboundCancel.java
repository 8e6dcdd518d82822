package org.tierstock.warehouse.domain;

import java.util.Objects;
import org.tierstock.movements.Code;
import org.tierstock.movements.Quantity;

/**
 * The dispatch layer asks for locked units back (protocol 11.3).
 *
 * @param warehouse where the asker says that the outbound lies: in another one it is unknown
 * @param request the idempotency key within the outbound
 * @param quantity whole units, at least 1
 * @param asker the transaction that asks
 */
public record OutboundCancel(String warehouse, String outbound, String request, long quantity, PeerJournal asker) {
    public OutboundCancel {
        Code.of("warehouse", warehouse);
        Code.number("outbound", outbound);
        Code.number("request", request);
        Quantity.positive("quantity", quantity);
        Objects.requireNonNull(asker, "asker");
    }
}
