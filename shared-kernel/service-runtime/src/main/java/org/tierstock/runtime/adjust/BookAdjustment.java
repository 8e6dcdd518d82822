package org.tierstock.runtime.adjust;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.tierstock.runtime.adjust.Adjustment.State;

/** The one transaction in which an adjustment is booked: the stock moves and the document says so, or neither. */
@ApplicationScoped
class BookAdjustment {
    /** What became of it. */
    enum Outcome {
        BOOKED,
        DECIDED_BEFORE,
        PARKED,
        MOVED,
        NOT_ENOUGH
    }

    private final AdjustmentRows rows;
    private final Instance<Adjuster> adjuster;

    @Inject
    BookAdjustment(AdjustmentRows rows, Instance<Adjuster> adjuster) {
        this.rows = rows;
        this.adjuster = adjuster;
    }

    /** For the container's proxy. */
    protected BookAdjustment() {
        this(null, null);
    }

    /** @param lastMovement of the key's stock, before the difference was looked at again */
    @Transactional(rollbackOn = Exception.class)
    public Outcome book(Adjustment adjustment, long lastMovement, String by) {
        boolean[] parked = {false};
        Adjuster.Outcome outcome = adjuster.get()
                .adjust(adjustment.key(), adjustment.quantity(), adjustment.number(), () -> {
                    parked[0] = rows.parked(adjustment.key());
                    return !parked[0] && rows.lastMovement(adjustment.key()) == lastMovement;
                });
        return switch (outcome) {
            case MOVED -> parked[0] ? Outcome.PARKED : Outcome.MOVED;
            case NOT_ENOUGH -> Outcome.NOT_ENOUGH;
            case BOOKED -> {
                if (!rows.decide(adjustment.number(), State.BOOKED, by)) {
                    throw new DecidedBefore();
                }
                yield Outcome.BOOKED;
            }
        };
    }

    /** Rolls the movement back: somebody else has decided meanwhile. */
    static final class DecidedBefore extends RuntimeException {
        DecidedBefore() {
            super("decided before", null, false, false);
        }
    }
}
