package org.tierstock.dispatch.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.movements.protocol.ToSales.SaleReversed;

/**
 * A line with its open cancels, as one transaction changes it.
 *
 * @param cancels those with something open, oldest first
 */
public record LineInHand(DispatchLine line, List<LineCancel> cancels) {
    /** A line after a step, and what the step tells the sales layer. */
    public record Step(LineInHand line, List<Reversal> reversals) {
        public Step {
            Objects.requireNonNull(line, "line");
            reversals = List.copyOf(reversals);
        }
    }

    public LineInHand {
        Objects.requireNonNull(line, "line");
        cancels = List.copyOf(cancels);
    }

    /** The same cancels with the line's new numbers. */
    public LineInHand with(DispatchLine changed) {
        return new LineInHand(changed, cancels);
    }

    /** Accepts a cancel, behind those that are open already. */
    public LineInHand accept(String cancel, long accepted, PeerJournal asker, String sheet) {
        List<LineCancel> more = new ArrayList<>(cancels);
        more.add(LineCancel.accepted(cancel, line.number(), accepted, asker, sheet));
        return new LineInHand(line.cancelsChanged(accepted), more);
    }

    /**
     * A warehouse released units: they serve the cancels, oldest first, one reversal each.
     *
     * @param regranted how many of them may be sold again
     */
    public Step released(long askedUnits, long released, long regranted) {
        return new LineInHand(line.releaseAnswered(askedUnits, released), cancels).serve(released, regranted);
    }

    /** What sales was told before, and this book has lost: units of the short part were reversed, or a cancel refused. */
    public LineInHand told(SaleReversed reversal) {
        DispatchLine now = line.givenUp(reversal.quantity());
        if (reversal.cancel() == null) {
            return with(now);
        }
        Map<String, LineCancel> known = byId();
        known.computeIfPresent(
                reversal.cancel(),
                (id, cancel) -> cancel.done(reversal.quantity()).refused(reversal.refused()));
        return new LineInHand(
                now.cancelsChanged(-reversal.quantity() - reversal.refused()), List.copyOf(known.values()));
    }

    /** Gives the short part up, by a person's decision. */
    public Step giveUpShortage() {
        long units = line.shortage();
        Reversal reversal = new Reversal(line.number(), line.key(), units, 0, ToSales.Cause.SHORTAGE, null, 0);
        return new Step(with(line.givenUp(units)), List.of(reversal));
    }

    /**
     * What must be true at the end of every transaction on a line: a short part serves open cancels, and no cancel stays
     * open beyond what is left.
     */
    public Step settle() {
        // What warehouses were asked to release is spoken for: their answer must find a cancel that is still open.
        long given = Math.min(line.shortage(), line.open() - line.asked());
        Step served = given <= 0
                ? new Step(this, List.of())
                : with(line.givenUp(given)).serve(given, 0);
        DispatchLine now = served.line().line();
        long excess = now.open() - now.allocated() - now.shortage();
        if (excess <= 0) {
            return served;
        }
        Step refused = served.line().refuse(excess);
        List<Reversal> all = new ArrayList<>(served.reversals());
        all.addAll(refused.reversals());
        return new Step(refused.line(), all);
    }

    private Step serve(long units, long regranted) {
        Map<String, LineCancel> now = byId();
        List<Reversal> reversals = new ArrayList<>();
        long left = units;
        long regrant = regranted;
        for (LineCancel cancel : cancels) {
            long done = Math.min(left, cancel.open());
            if (done > 0) {
                long again = Math.min(regrant, done);
                now.put(cancel.cancel(), cancel.done(done));
                reversals.add(reversal(done, again, cancel, 0));
                left -= done;
                regrant -= again;
            }
        }
        if (left > 0) {
            throw new IllegalStateException(
                    left + " units of " + line.number() + " were released that no cancel asked for");
        }
        return new Step(new LineInHand(line.cancelsChanged(-units), List.copyOf(now.values())), reversals);
    }

    private Step refuse(long units) {
        Map<String, LineCancel> now = byId();
        List<Reversal> reversals = new ArrayList<>();
        long left = units;
        for (LineCancel cancel : cancels) {
            long refused = Math.min(left, cancel.open());
            if (refused > 0) {
                now.put(cancel.cancel(), cancel.refused(refused));
                reversals.add(reversal(0, 0, cancel, refused));
                left -= refused;
            }
        }
        return new Step(new LineInHand(line.cancelsChanged(-units), List.copyOf(now.values())), reversals);
    }

    private Reversal reversal(long quantity, long regranted, LineCancel cancel, long refused) {
        return new Reversal(
                line.number(), line.key(), quantity, regranted, ToSales.Cause.CANCEL, cancel.cancel(), refused);
    }

    private Map<String, LineCancel> byId() {
        Map<String, LineCancel> byId = new LinkedHashMap<>();
        cancels.forEach(cancel -> byId.put(cancel.cancel(), cancel));
        return byId;
    }
}
