package org.tierstock.runtime.paging;

import org.tierstock.movements.InvalidValue;

/**
 * How many items a page may have.
 *
 * @param rows 1 to {@link #MAX}
 */
public record Limit(int rows) {
    /** Used when the caller names none. */
    public static final int DEFAULT = 100;
    /** The largest page. */
    public static final int MAX = 1000;
    /** The most lines that the items of a page have together, where they have lines of their own and are not one alone. */
    public static final int LINES = 10_000;

    public Limit {
        if (rows < 1 || rows > MAX) {
            throw new InvalidValue("limit", "must be 1 to " + MAX + ", not " + rows);
        }
    }

    /**
     * The limit that a caller asks for.
     *
     * @param asked null for {@link #DEFAULT}
     * @throws InvalidValue when it is not from 1 to {@link #MAX}
     */
    public static Limit of(Integer asked) {
        return new Limit(asked == null ? DEFAULT : asked);
    }

    /** How many rows to read, so that it is known whether there is a next page. */
    public int plusOne() {
        return rows + 1;
    }
}
