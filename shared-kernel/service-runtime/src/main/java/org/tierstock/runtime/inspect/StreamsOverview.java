package org.tierstock.runtime.inspect;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.tierstock.runtime.exchange.NumberRanges.Range;

/**
 * How far messages have travelled.
 *
 * @param outgoing what this layer has numbered and sent
 * @param incoming what this layer has applied
 * @param parked how many messages wait for a person; at most {@link Streams#MOST} are counted
 * @param moreParked whether there are more
 */
@Schema(name = "Streams")
public record StreamsOverview(List<Outgoing> outgoing, List<Incoming> incoming, long parked, boolean moreParked) {

    /**
     * An outgoing stream partition.
     *
     * @param head the last number given
     * @param unsent how many messages and hand-overs have not been carried yet; at most {@link Streams#MOST} are counted
     * @param moreUnsent whether there are more
     */
    @Schema(name = "OutgoingStream")
    public record Outgoing(String stream, int partition, long head, long unsent, boolean moreUnsent) {}

    /**
     * An incoming stream partition.
     *
     * @param contiguous everything up to this number has been applied
     * @param beyond the numbers after it that have been applied too, the first {@link Streams#MAX_BEYOND} ranges of them:
     *     what lies between is missing
     */
    @Schema(name = "IncomingStream")
    public record Incoming(String stream, int partition, long contiguous, List<Range> beyond) {}
}
