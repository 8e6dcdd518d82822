package org.tierstock.dispatch.domain;

import java.util.Objects;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.ConservationBroken;

/**
 * A line handed over, as numbers: it has no other state. E5: quantity = allocated + shipped + short + cancelled.
 *
 * @param quantity whole units handed over
 * @param allocated what its outbounds have still to ship
 * @param shortage what no node could serve yet (缺货)
 * @param cancelled what was reversed before it shipped
 * @param open what accepted cancels still ask for
 * @param asked what warehouses have been asked to release and have not answered
 */
public record DispatchLine(
        LineNumber number,
        ChannelKey key,
        long quantity,
        long allocated,
        long shipped,
        long shortage,
        long cancelled,
        long open,
        long asked) {
    public DispatchLine {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(key, "key");
        if (allocated < 0
                || shipped < 0
                || shortage < 0
                || cancelled < 0
                || open < 0
                || asked < 0
                || quantity != allocated + shipped + shortage + cancelled) {
            throw new ConservationBroken("Line " + number + ": " + quantity + " handed over, but " + allocated
                    + " allocated + " + shipped + " shipped + " + shortage + " short + " + cancelled + " cancelled, "
                    + open + " to cancel, " + asked + " asked");
        }
    }

    /** A line that was just handed over: what could not be allocated is short. */
    public static DispatchLine handedOver(LineNumber number, ChannelKey key, long quantity, long allocated) {
        return new DispatchLine(number, key, quantity, allocated, 0, quantity - allocated, 0, 0, 0);
    }

    /** Free stock was found for a part that was short. */
    public DispatchLine covered(long units) {
        return with(allocated + units, shipped, shortage - units, cancelled, open, asked);
    }

    /** An outbound of the line was shipped, in part or wholly. */
    public DispatchLine shipped(long units) {
        return with(allocated - units, shipped + units, shortage, cancelled, open, asked);
    }

    /** A warehouse refused allocated units, or lost them. */
    public DispatchLine failed(long units) {
        return with(allocated - units, shipped, shortage + units, cancelled, open, asked);
    }

    /** A short part is given up, by a cancel or by a person. */
    public DispatchLine givenUp(long units) {
        return with(allocated, shipped, shortage - units, cancelled + units, open, asked);
    }

    /** A warehouse has been asked to release units. */
    public DispatchLine releaseAsked(long units) {
        return with(allocated, shipped, shortage, cancelled, open, asked + units);
    }

    /** A warehouse answered how many of the units asked for it released. */
    public DispatchLine releaseAnswered(long askedUnits, long released) {
        return with(allocated - released, shipped, shortage, cancelled + released, open, asked - askedUnits);
    }

    /** Cancels ask for more, or for less since some of it was done or refused. */
    public DispatchLine cancelsChanged(long openUnits) {
        return with(allocated, shipped, shortage, cancelled, open + openUnits, asked);
    }

    /** What a new cancel may ask for: neither shipped, nor cancelled, nor asked for by another cancel. */
    public long cancellable() {
        return Math.max(0, allocated + shortage - open);
    }

    private DispatchLine with(
            long nowAllocated, long nowShipped, long nowShort, long nowCancelled, long nowOpen, long nowAsked) {
        return new DispatchLine(
                number, key, quantity, nowAllocated, nowShipped, nowShort, nowCancelled, nowOpen, nowAsked);
    }
}
