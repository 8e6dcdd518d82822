package org.tierstock.runtime.adjust;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.concurrent.atomic.AtomicReference;
import org.tierstock.runtime.adjust.Adjustment.State;

/** The one transaction in which an adjustment is booked: the stock moves and the document says so, or neither. */
@ApplicationScoped
class BookAdjustment {
    /** What became of it. */
    sealed interface Outcome {
        /** The stock is moved. */
        record Booked() implements Outcome {}

        /** Somebody else was quicker. */
        record DecidedBefore() implements Outcome {}

        /** A message that names the key is parked. */
        record Parked() implements Outcome {}

        /** The key's stock has moved since it was proposed: by that movement last. */
        record Moved(KeyMovement by) implements Outcome {}

        /** This layer has less than that to take away. */
        record NotEnough() implements Outcome {}
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

    /** Books it, unless something of the key is parked, or has moved since it was proposed: that is asked under its lock. */
    @Transactional(rollbackOn = Exception.class)
    public Outcome book(Adjustment adjustment, String by) {
        AtomicReference<Outcome> against = new AtomicReference<>();
        Adjuster.Outcome outcome = adjuster.get()
                .adjust(adjustment.key(), adjustment.quantity(), adjustment.number(), () -> {
                    against.set(against(adjustment));
                    return against.get() == null;
                });
        return switch (outcome) {
            case MOVED -> against.get();
            case NOT_ENOUGH -> new Outcome.NotEnough();
            case BOOKED -> {
                if (!rows.decide(adjustment.number(), State.BOOKED, by)) {
                    throw new DecidedBefore();
                }
                yield new Outcome.Booked();
            }
        };
    }

    /** What speaks against booking it; null when nothing does. */
    private Outcome against(Adjustment adjustment) {
        if (rows.parked(adjustment.key())) {
            return new Outcome.Parked();
        }
        return rows.movedSince(adjustment.number(), adjustment.key())
                .map(Outcome.Moved::new)
                .orElse(null);
    }

    /** Rolls the movement back: somebody else has decided meanwhile. */
    static final class DecidedBefore extends RuntimeException {
        DecidedBefore() {
            super("decided before", null, false, false);
        }
    }
}
