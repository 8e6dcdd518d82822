package org.tierstock.dispatch.domain;

import java.util.Objects;

/**
 * A cancel of a quantity of one line (protocol 11.3), stored with its answer.
 *
 * @param cancel the sales layer's cancel id
 * @param accepted what will be cancelled unless it ships first
 * @param done what was cancelled
 * @param refused what was accepted and could not be cancelled any more
 * @param asker where sales' history was when it asked
 * @param sheet what sales would need to know again of the order, were its database set back; opaque, empty for nothing
 */
public record LineCancel(
        String cancel, LineNumber line, long accepted, long done, long refused, PeerJournal asker, String sheet) {
    public LineCancel {
        Objects.requireNonNull(cancel, "cancel");
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(asker, "asker");
        Objects.requireNonNull(sheet, "sheet");
        if (accepted < 0 || done < 0 || refused < 0 || done + refused > accepted) {
            throw new IllegalArgumentException("Cancel " + cancel + " of " + line + ": " + accepted + " accepted, "
                    + done + " done, " + refused + " refused");
        }
    }

    /** A new one. */
    public static LineCancel accepted(String cancel, LineNumber line, long units, PeerJournal asker, String sheet) {
        return new LineCancel(cancel, line, units, 0, 0, asker, sheet);
    }

    /** What it still asks for. */
    public long open() {
        return accepted - done - refused;
    }

    LineCancel done(long units) {
        return new LineCancel(cancel, line, accepted, done + units, refused, asker, sheet);
    }

    LineCancel refused(long units) {
        return new LineCancel(cancel, line, accepted, done, refused + units, asker, sheet);
    }
}
