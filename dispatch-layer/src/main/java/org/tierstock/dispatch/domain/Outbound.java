package org.tierstock.dispatch.domain;

import java.util.Objects;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ConservationBroken;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;

/**
 * What one warehouse is asked to ship for one line (出库单).
 * quantity = remaining + refused + shipped + lost + cancelled; a shipment or loss may be applied before the lock's answer.
 *
 * @param id its number at the warehouse: the idempotency key of the lock
 * @param number counted per warehouse, 0 until the store has given it
 * @param lost units that a count took out of its lock
 * @param barred the warehouse would not release all that it was asked to: it is being picked
 * @param release the unanswered request to release; null for none
 * @param answerer where the warehouse's history was when it last answered; null before
 */
public record Outbound(
        String id,
        long number,
        LineNumber line,
        Cell cell,
        String warehouse,
        long quantity,
        State state,
        long refused,
        long shipped,
        long lost,
        long cancelled,
        boolean barred,
        Release release,
        PeerJournal answerer) {
    /** Whether the warehouse has answered the lock. */
    public enum State {
        REQUESTED,
        ANSWERED
    }

    /**
     * A request to release what is locked and not picked.
     *
     * @param request its id: the idempotency key
     */
    public record Release(String request, long quantity) {}

    public Outbound {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(state, "state");
        if (refused < 0
                || shipped < 0
                || lost < 0
                || cancelled < 0
                || quantity < refused + shipped + lost + cancelled) {
            throw new ConservationBroken("Outbound " + id + " of " + quantity + ": " + refused + " refused, " + shipped
                    + " shipped, " + lost + " lost, " + cancelled + " cancelled");
        }
    }

    /** A new request to a warehouse. */
    public static Outbound requested(String id, LineNumber line, Cell cell, String warehouse, long quantity) {
        return new Outbound(id, 0, line, cell, warehouse, quantity, State.REQUESTED, 0, 0, 0, 0, false, null, null);
    }

    /** The same with the number that its warehouse's counter gave it. */
    public Outbound numbered(long given) {
        return new Outbound(
                id, given, line, cell, warehouse, quantity, state, refused, shipped, lost, cancelled, barred, release,
                answerer);
    }

    /**
     * The same as its warehouse holds it.
     *
     * @param nowRefused of the lock
     * @param released by all requests that the warehouse has answered
     * @param picked whether one of these was not met in full
     * @param answered whether the open request is among them
     */
    public Outbound held(long nowRefused, long released, boolean picked, boolean answered, PeerJournal by) {
        return with(
                State.ANSWERED, nowRefused, shipped, lost, released, barred || picked, answered ? null : release, by);
    }

    /** True while it is not answered, not empty or has an open request: the warehouse must keep its row (11.7). */
    public boolean unfinished() {
        return state == State.REQUESTED || remaining() > 0 || release != null;
    }

    /** What it has still to ship. */
    public long remaining() {
        return quantity - refused - shipped - lost - cancelled;
    }

    /** The outbound as the reason of a movement. */
    public DocumentLine document() {
        return new DocumentLine(DocumentKind.OUTBOUND_ORDER, id, 0);
    }

    /** The warehouse answered the lock. */
    public Outbound answered(long locked, PeerJournal by) {
        return with(State.ANSWERED, quantity - locked, shipped, lost, cancelled, barred, release, by);
    }

    /** Units were shipped. */
    public Outbound shipped(long units) {
        return with(state, refused, shipped + units, lost, cancelled, barred, release, answerer);
    }

    /** A count took units out of its lock. */
    public Outbound lost(long units) {
        return with(state, refused, shipped, lost + units, cancelled, barred, release, answerer);
    }

    /** True when the warehouse may be asked to release some of it. */
    public boolean releasable() {
        return state == State.ANSWERED && release == null && !barred && remaining() > 0;
    }

    /** The warehouse is to be asked to release units. */
    public Outbound releaseAsked(String request, long units) {
        return with(state, refused, shipped, lost, cancelled, barred, new Release(request, units), answerer);
    }

    /** The warehouse answered the request to release. */
    public Outbound releaseAnswered(long released, PeerJournal by) {
        boolean picked = released < release.quantity();
        return with(state, refused, shipped, lost, cancelled + released, picked, null, by);
    }

    /** Its warehouse does not know it, and a person gave it up: what was to be released is, and the rest is refused. */
    public Outbound givenUp() {
        long released = release == null ? 0 : Math.min(release.quantity(), remaining());
        return with(
                State.ANSWERED,
                refused + remaining() - released,
                shipped,
                lost,
                cancelled + released,
                barred,
                null,
                answerer);
    }

    private Outbound with(
            State nowState,
            long nowRefused,
            long nowShipped,
            long nowLost,
            long nowCancelled,
            boolean nowBarred,
            Release nowRelease,
            PeerJournal lastAnswerer) {
        return new Outbound(
                id,
                number,
                line,
                cell,
                warehouse,
                quantity,
                nowState,
                nowRefused,
                nowShipped,
                nowLost,
                nowCancelled,
                nowBarred,
                nowRelease,
                lastAnswerer);
    }
}
