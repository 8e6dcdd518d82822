package org.tierstock.movements;

/** The bounds of a quantity in a document: whole units. */
public final class Quantity {
    /** The most units that one document line may name. Far below overflow, far above any real line. */
    public static final long MAX = 1_000_000_000L;

    private Quantity() {}

    /**
     * The quantity itself, when a document line may name it.
     *
     * @throws InvalidValue when it is below 1 or above {@link #MAX}
     */
    public static long positive(String field, long units) {
        if (units < 1 || units > MAX) {
            throw new InvalidValue(field, "must be a whole number from 1 to " + MAX + ", not " + units);
        }
        return units;
    }

    /**
     * The quantity itself, when it is from 0 to {@link #MAX}.
     *
     * @throws InvalidValue otherwise
     */
    public static long notNegative(String field, long units) {
        if (units < 0 || units > MAX) {
            throw new InvalidValue(field, "must be a whole number from 0 to " + MAX + ", not " + units);
        }
        return units;
    }
}
