package org.tierstock.dispatch.domain;

import java.util.Objects;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.protocol.ToSales;

/**
 * A promise that dispatch asks back (库存同步单). Pending until sales has answered what it gave.
 *
 * @param asked whole units
 * @param node the node whose backing should shrink first after those with a deficit; empty for no preference
 * @param taken what sales gave back; null while it is pending
 */
public record Revocation(String number, ChannelKey key, long asked, String node, Long taken) {
    public Revocation {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(node, "node");
    }

    /** A new one. */
    public static Revocation of(String number, ChannelKey key, long asked, String node) {
        return new Revocation(number, key, asked, node, null);
    }

    /** True while sales has not answered. */
    public boolean pending() {
        return taken == null;
    }

    /** The same, answered. */
    public Revocation settled(long units) {
        return new Revocation(number, key, asked, node, units);
    }

    /** The message that asks for it. */
    public ToSales.StockRevoked message() {
        return new ToSales.StockRevoked(number, key, asked);
    }

    /** The revocation as the reason of a movement. */
    public DocumentLine document() {
        return new DocumentLine(DocumentKind.STOCK_REVOCATION, number, 0);
    }
}
