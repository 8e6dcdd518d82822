package org.tierstock.movements.protocol;

import java.util.List;
import org.tierstock.movements.Notice;

/**
 * What one layer tells another about a movement. Immutable; numbered by the outbox in the transaction of its movement.
 *
 * <p>Compared by identity inside a transaction: two equal messages are two messages.
 */
public sealed interface Message extends Notice permits ToSales, ToDispatch {
    /** The stream it travels in. */
    String stream();

    /** The stock partition whose numbers it takes: that of its SKU. */
    int partition();

    /** The document that must have an effect once, however often a message about it is issued. */
    String businessKey();

    /** The text form of the key or cell that it is about; of the first cell when there are several. */
    String subject();

    /** What it changes in the position that both layers reconcile: units per channel key or cell. */
    List<Effect> effects();

    /**
     * A change of a reconciled position.
     *
     * @param key text form of a channel key (between dispatch and sales) or a cell (between warehouse and dispatch)
     * @param quantity whole units: what the account or book changes by; may be negative
     */
    record Effect(String key, long quantity) {}
}
