package org.tierstock.sales.domain;

import java.util.Comparator;
import java.util.Objects;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;

/**
 * What a key's stock is set aside for: nothing, a campaign (活动库存) or a presale (预售库存). A pool is locked, deducted and
 * returned exactly as regular stock is.
 *
 * @param id the campaign or presale; empty for regular stock
 */
public record Pool(Kind kind, String id) implements Comparable<Pool> {
    /** The kinds of pools. */
    public enum Kind {
        REGULAR,
        CAMPAIGN,
        PRESALE
    }

    /** Stock that is set aside for nothing. */
    public static final Pool REGULAR = new Pool(Kind.REGULAR, "");

    private static final Comparator<Pool> ORDER =
            Comparator.comparing(Pool::kind).thenComparing(Pool::id);

    public Pool {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.REGULAR ? !id.isEmpty() : !id.equals(Code.of("pool", id))) {
            throw new InvalidValue("pool", "REGULAR has no id");
        }
    }

    /** The text form: REGULAR, CAMPAIGN(id) or PRESALE(id). */
    public String text() {
        return kind == Kind.REGULAR ? "REGULAR" : kind + "(" + id + ")";
    }

    /**
     * The pool of that text form.
     *
     * @throws InvalidValue when it is none
     */
    public static Pool parse(String text) {
        if (text.equals("REGULAR")) {
            return REGULAR;
        }
        for (Kind kind : Kind.values()) {
            String opening = kind + "(";
            if (kind != Kind.REGULAR && text.startsWith(opening) && text.endsWith(")")) {
                return new Pool(kind, text.substring(opening.length(), text.length() - 1));
            }
        }
        throw new InvalidValue("pool", "must be REGULAR, CAMPAIGN(id) or PRESALE(id)");
    }

    @Override
    public int compareTo(Pool other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
