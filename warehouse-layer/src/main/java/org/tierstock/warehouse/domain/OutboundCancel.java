package org.tierstock.warehouse.domain;

import org.tierstock.movements.Code;
import org.tierstock.movements.Quantity;

/**
 * The dispatch layer asks for locked units back (protocol 11.3).
 *
 * @param request the idempotency key within the outbound
 * @param quantity whole units, at least 1
 */
public record OutboundCancel(String outbound, String request, long quantity) {
    public OutboundCancel {
        Code.number("outbound", outbound);
        Code.number("request", request);
        Quantity.positive("quantity", quantity);
    }
}
