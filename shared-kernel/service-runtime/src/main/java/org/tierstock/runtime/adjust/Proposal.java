package org.tierstock.runtime.adjust;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.adjust.Adjustment.Cause;

/**
 * A difference that somebody wants to be booked away.
 *
 * @param number the proposer's own number: the idempotency key
 * @param reconciliation the number of the reconciliation that shows the difference
 * @param scope of the difference, as the reconciliation names it; absent when it names none
 * @param key of the difference
 * @param note what was found out, 1 to 500 characters
 */
@Schema(
        name = "AdjustmentToPropose",
        requiredProperties = {"number", "reconciliation", "key", "cause", "note"},
        examples = """
                {"number": "ADJ-2026-11-30-1", "reconciliation": "RC-1-204", "key": "WEB/STANDARD/NORMAL/NORTH/TEA-500",
                 "cause": "MESSAGE_GIVEN_UP", "note": "Parked message 17 was closed by mistake; dispatch has granted 12."}""")
public record Proposal(String number, String reconciliation, String scope, String key, Cause cause, String note) {
    private static final int LONGEST_NOTE = 500;
    private static final int LONGEST_KEY = 400;

    public Proposal {
        Code.number("number", number);
        Code.number("reconciliation", reconciliation);
        scope = text("scope", scope == null ? "" : scope, LONGEST_KEY);
        key = text("key", key, LONGEST_KEY);
        note = text("note", note, LONGEST_NOTE);
        if (key.isEmpty() || note.isBlank()) {
            throw new InvalidValue(key.isEmpty() ? "key" : "note", "is missing");
        }
        if (cause == null) {
            throw new InvalidValue("cause", "is missing: MESSAGE_GIVEN_UP, RESTORED, TAMPERED or DEFECT");
        }
    }

    private static String text(String field, String text, int longest) {
        if (text == null) {
            throw new InvalidValue(field, "is missing");
        }
        if (text.length() > longest) {
            throw new InvalidValue(field, "is longer than " + longest + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValue(field, "may not hold control characters");
        }
        return text;
    }
}
