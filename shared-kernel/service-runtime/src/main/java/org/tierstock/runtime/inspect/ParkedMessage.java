package org.tierstock.runtime.inspect;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.tierstock.runtime.exchange.CannotApply;

/**
 * A message that could not be applied.
 *
 * @param id for replay and closure
 * @param queue where it came from
 * @param stream absent, like partition and sequence, when its envelope does not say
 * @param document the number of the document line that it tells of, such as order number, '/' and line of a hand-over; absent
 *     when nothing of it could be read and its sender has not said so beside it
 * @param reason why it could not be applied
 * @param reasonCode the kind of that reason
 * @param state PARKED, REPLAYED or CLOSED
 * @param givenUp whether its number counts as applied although its effect never happened
 * @param settledBy the subject of whoever replayed or closed it
 */
@Schema(name = "ParkedMessage")
public record ParkedMessage(
        long id,
        String queue,
        String messageId,
        String type,
        String stream,
        Integer partition,
        Long sequence,
        String document,
        String reason,
        CannotApply.Because reasonCode,
        String state,
        boolean givenUp,
        Instant parkedAt,
        Instant settledAt,
        String settledBy) {

    /** What may have become of one. */
    public enum State {
        PARKED,
        REPLAYED,
        CLOSED
    }
}
