package org.tierstock.dispatch.domain;

import java.util.Objects;

/**
 * What one allotment rule has granted from a cell to a key so far. Ratios are kept over this sum, so that many small
 * receipts do not always favour the same key.
 *
 * @param rule the rule's code and revision; a changed rule starts anew
 * @param granted whole units
 */
public record Tally(String rule, long granted) {
    /** Nothing granted by any rule. */
    public static final Tally NONE = new Tally("", 0);

    public Tally {
        Objects.requireNonNull(rule, "rule");
    }

    /** What the given rule has granted. */
    public long under(String otherRule) {
        return rule.equals(otherRule) ? granted : 0;
    }

    /** The tally after the given rule granted more. */
    public Tally plus(String otherRule, long quantity) {
        return new Tally(otherRule, Math.addExact(under(otherRule), quantity));
    }
}
