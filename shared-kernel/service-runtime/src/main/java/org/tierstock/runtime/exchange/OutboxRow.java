package org.tierstock.runtime.exchange;

import java.time.Instant;
import org.tierstock.movements.StreamPosition;

/**
 * A message as the outbox keeps it.
 *
 * @param document the document line that it tells of, as {@code Message.businessKey}: known also when its content cannot be read
 * @param payload JSON
 */
public record OutboxRow(
        StreamPosition position,
        long epoch,
        long journal,
        String type,
        String document,
        String subject,
        String payload,
        String traceParent,
        Instant writtenAt) {
    /** The message's id: the same however often it is carried. */
    public String id() {
        return position.stream() + '/' + position.partition() + '/' + epoch + '-' + position.sequence();
    }
}
