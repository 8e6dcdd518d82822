package org.tierstock.sales.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tierstock.movements.InvalidValue;

/**
 * A cancellation (取消) and how far it has come. Kept for ever, and answered again when it is asked again.
 *
 * @param document channel:cancellationNumber
 */
public record Cancellation(String document, OrderNumber order, String reasonCode, long contentHash, List<Line> lines) {
    public Cancellation {
        lines = List.copyOf(lines);
    }

    /**
     * A cancelled line: {@code quantity = done + refused + pending}. Quantities are whole units.
     *
     * @param line the order's line
     * @param quantity what the caller asked for
     * @param asked what dispatch is asked to cancel; 0 when the line was decided here
     * @param by where dispatch's history was when it answered; null before, and when it was never asked
     */
    public record Line(int line, long quantity, long asked, long done, long refused, PeerJournal by) {
        public Line {
            if (done + refused > quantity || asked > quantity) {
                throw new IllegalArgumentException(
                        "More is done and refused of line " + line + " than was asked: " + done + ", " + refused);
            }
        }

        /** What is neither done nor refused yet. */
        public long pending() {
            return quantity - done - refused;
        }

        /** True when dispatch need not be asked any more. */
        public boolean answered() {
            return asked == 0 || by != null;
        }

        /** The same before dispatch had answered, or reversed anything. */
        public Line unanswered() {
            return asked == 0 ? this : new Line(line, quantity, asked, 0, quantity - asked, null);
        }

        Line reversed(long more, long moreRefused) {
            return new Line(line, quantity, asked, done + more, refused + moreRefused, by);
        }

        Line answered(long accepted, PeerJournal dispatch) {
            return new Line(line, quantity, asked, done, refused + asked - accepted, dispatch);
        }
    }

    /** The id by which dispatch knows the cancel of one line: channel:cancellationNumber~line. */
    public static String cancelOf(String document, int line) {
        return document + '~' + line;
    }

    /**
     * The document of a cancel made by {@link #cancelOf}.
     *
     * @throws InvalidValue when it is none
     */
    public static String documentOf(String cancel) {
        int tilde = cancel.lastIndexOf('~');
        if (tilde < 0) {
            throw new InvalidValue("cancel", "must be channel:cancellationNumber~line");
        }
        return cancel.substring(0, tilde);
    }

    /** The cancellation after dispatch has reversed units of a line, or refused to. */
    public Cancellation reversed(int line, long units, long refused) {
        return with(line(line).reversed(units, refused));
    }

    /** The cancellation after dispatch has said how much of a line it tries to cancel; the rest is refused. */
    public Cancellation answered(int line, long accepted, PeerJournal by) {
        return with(line(line).answered(accepted, by));
    }

    /** True when a line of that number is cancelled by it. */
    public boolean names(int number) {
        return lines.stream().anyMatch(line -> line.line() == number);
    }

    /** The line of that number. */
    public Line line(int number) {
        for (Line line : lines) {
            if (line.line() == number) {
                return line;
            }
        }
        throw new IllegalArgumentException("Cancellation " + document + " has no line " + number);
    }

    /** The lines that are not as they were before, and those that it lacked. */
    public List<Line> changedSince(Cancellation before) {
        Set<Line> same = new HashSet<>(before.lines);
        return lines.stream().filter(line -> !same.contains(line)).toList();
    }

    /** The same cancellation with these lines. */
    public Cancellation withLines(List<Line> others) {
        return new Cancellation(document, order, reasonCode, contentHash, others);
    }

    private Cancellation with(Line changed) {
        return withLines(lines.stream()
                .map(line -> line.line() == changed.line() ? changed : line)
                .toList());
    }
}
