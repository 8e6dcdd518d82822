package org.tierstock.runtime.exchange;

import java.util.List;
import java.util.Set;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch;

/** Brings outbox rows to another layer. */
public interface Carrier {
    /** The name of the broker's carrier. */
    String BROKER = "BROKER";
    /** The name of the carrier that hands orders over by call. */
    String CALL = "CALL";

    /** Which outbox rows it carries: BROKER or CALL. */
    String name();

    /**
     * Brings the rows over, in order per partition. When it returns, the other side has every row for good that it does not
     * name. It may be asked to carry the same rows again.
     *
     * @return the rows that are not known to have arrived: they and what follows them in their own stream partitions are
     *     carried again
     * @throws RuntimeException when it is not known of any: all are carried again after a pause
     */
    Set<StreamPosition> carry(List<OutboxRow> rows);

    /** The carrier of a message. */
    static String of(Message message) {
        return message instanceof ToDispatch.HandOver ? CALL : BROKER;
    }
}
