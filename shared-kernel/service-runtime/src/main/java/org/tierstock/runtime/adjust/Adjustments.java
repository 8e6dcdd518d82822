package org.tierstock.runtime.adjust;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.adjust.Adjustment.State;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.history.RestorationRows;
import org.tierstock.runtime.inspect.Audit;
import org.tierstock.runtime.inspect.Audits;
import org.tierstock.runtime.reconcile.Reconciliation;
import org.tierstock.runtime.reconcile.Reconciliations;

/** Proposes adjustments, and has them booked when somebody else has approved them. */
@ApplicationScoped
public class Adjustments {
    /** What became of a proposal. */
    sealed interface Proposed {
        /** It waits, now or before under the same number. */
        record Waits(Adjustment adjustment, boolean replayed) implements Proposed {}

        /** The number was used for another one. */
        record NumberReused() implements Proposed {}

        /** That reconciliation shows no such difference. */
        record NoSuchDifference() implements Proposed {}

        /** A fresh cut shows that this layer lacks so many units, or has so many too much when negative; 0 for none. */
        record DifferenceChanged(long quantity) implements Proposed {}

        /** What this scope compares is mended by other documents. */
        record NotAdjustable() implements Proposed {}

        /** Another adjustment of the key waits for a decision. */
        record AnotherWaits() implements Proposed {}
    }

    /** What became of a decision. */
    sealed interface Decided {
        /** So it is now, or was before. */
        record Done(Adjustment adjustment) implements Decided {}

        /** There is none of that number. */
        record Unknown() implements Decided {}

        /** It was decided before, and otherwise. */
        record Otherwise(Adjustment adjustment) implements Decided {}

        /** Whoever has proposed it may not approve it. */
        record SamePerson() implements Decided {}

        /** A message that names the key is parked. */
        record KeyIsParked() implements Decided {}

        /** A fresh cut shows that this layer lacks so many units, or has so many too much when negative; 0 for none. */
        record DifferenceChanged(long quantity) implements Decided {}

        /** A balance of the key is not what the ledger says: a movement would carry that on. */
        record NotItsLedger(Audit.Difference difference) implements Decided {}

        /** The key's stock has moved since it was proposed: by that movement last. */
        record KeyHasMoved(KeyMovement by) implements Decided {}

        /** This layer has less than that to take away. */
        record NotEnough() implements Decided {}
    }

    private final AdjustmentRows rows;
    private final BookAdjustment booking;
    private final Reconciliations reconciliations;
    private final Audits audits;
    private final Instance<Adjuster> adjuster;
    private final Fence fence;
    private final RestorationRows restorations;

    @Inject
    Adjustments(
            AdjustmentRows rows,
            BookAdjustment booking,
            Reconciliations reconciliations,
            Audits audits,
            Instance<Adjuster> adjuster,
            Fence fence,
            RestorationRows restorations) {
        this.rows = rows;
        this.booking = booking;
        this.reconciliations = reconciliations;
        this.audits = audits;
        this.adjuster = adjuster;
        this.fence = fence;
        this.restorations = restorations;
    }

    /** For the container's proxy. */
    protected Adjustments() {
        this(null, null, null, null, null, null, null);
    }

    /**
     * Stores a proposal, which stands on a fresh cut: only from there on can be told whether the key has moved, since a
     * reconciliation takes its time. Calls the other layer.
     */
    Proposed propose(Proposal proposal, String by) {
        Optional<Adjustment> known = rows.find(proposal.number());
        if (known.isPresent()) {
            return known.get().proposes(proposal) ? new Proposed.Waits(known.get(), true) : new Proposed.NumberReused();
        }
        if (!adjuster.isResolvable() || !adjuster.get().adjusts(proposal.scope())) {
            return new Proposed.NotAdjustable();
        }
        Optional<Reconciliation.Difference> difference =
                reconciliations.difference(proposal.reconciliation(), proposal.scope(), proposal.key());
        if (difference.isEmpty()) {
            return new Proposed.NoSuchDifference();
        }
        // Before the cut is chosen: what moves while it is compared has moved since.
        List<KeyMovement> lastMovements = rows.lastMovements(proposal.key());
        Optional<Reconciliation.Difference> now = reconciliations.lookAgain(proposal.scope(), proposal.key());
        if (quantity(now) != quantity(difference)) {
            return new Proposed.DifferenceChanged(quantity(now));
        }
        if (!rows.insert(proposal, now.get().here(), now.get().there(), lastMovements, by)) {
            return rows.find(proposal.number())
                    .<Proposed>map(other ->
                            other.proposes(proposal) ? new Proposed.Waits(other, true) : new Proposed.NumberReused())
                    .orElseGet(Proposed.AnotherWaits::new);
        }
        return new Proposed.Waits(rows.find(proposal.number()).orElseThrow(), false);
    }

    private static long quantity(Optional<Reconciliation.Difference> difference) {
        return difference.map(found -> found.there() - found.here()).orElse(0L);
    }

    /**
     * Books it, when a fresh cut still shows the difference and nothing of the key has moved since the one on which it was
     * proposed. Calls the other layer.
     *
     * @throws org.tierstock.runtime.problem.Problem 503 FENCED while the layer does not know all that it has lost: then a
     *     difference says nothing, and the rebuild will mend it
     */
    Decided approve(String number, String by) {
        if (!fence.isOpen() && !restorations.isRebuilt()) {
            throw fence.problem();
        }
        Optional<Decided> settled = settled(number, State.BOOKED);
        if (settled.isPresent()) {
            return settled.get();
        }
        Adjustment adjustment = rows.find(number).orElseThrow();
        if (adjustment.proposedBy().equals(by)) {
            return new Decided.SamePerson();
        }
        long now = quantity(reconciliations.lookAgain(adjustment.scope(), adjustment.key()));
        if (now != adjustment.quantity()) {
            return new Decided.DifferenceChanged(now);
        }
        List<Audit.Difference> tampered = audits.ofKey(adjustment.key());
        if (!tampered.isEmpty()) {
            return new Decided.NotItsLedger(tampered.getFirst());
        }
        return switch (book(adjustment, by)) {
            case BookAdjustment.Outcome.Parked() -> new Decided.KeyIsParked();
            case BookAdjustment.Outcome.Moved(KeyMovement movement) -> new Decided.KeyHasMoved(movement);
            case BookAdjustment.Outcome.NotEnough() -> new Decided.NotEnough();
            case BookAdjustment.Outcome.Booked() ->
                settled(number, State.BOOKED).orElseThrow();
            case BookAdjustment.Outcome.DecidedBefore() ->
                settled(number, State.BOOKED).orElseThrow();
        };
    }

    private BookAdjustment.Outcome book(Adjustment adjustment, String by) {
        try {
            return booking.book(adjustment, by);
        } catch (BookAdjustment.DecidedBefore e) {
            return new BookAdjustment.Outcome.DecidedBefore();
        }
    }

    /** Nothing is moved, and nothing will be under this number. */
    Decided reject(String number, String by) {
        Optional<Decided> settled = settled(number, State.REJECTED);
        if (settled.isPresent()) {
            return settled.get();
        }
        rows.decide(number, State.REJECTED, by);
        return settled(number, State.REJECTED).orElseThrow();
    }

    /** What can be said of it without deciding: empty while it waits. */
    private Optional<Decided> settled(String number, State wanted) {
        Optional<Adjustment> found = rows.find(number);
        if (found.isEmpty()) {
            return Optional.of(new Decided.Unknown());
        }
        State state = found.get().state();
        if (state == State.PROPOSED) {
            return Optional.empty();
        }
        return Optional.of(state == wanted ? new Decided.Done(found.get()) : new Decided.Otherwise(found.get()));
    }
}
