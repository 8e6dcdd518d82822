package org.tierstock.movements;

/** A value from outside that cannot be what its field says. The caller's mistake: adapters answer it as malformed. */
public final class InvalidValue extends IllegalArgumentException {
    private final String field;

    public InvalidValue(String field, String message) {
        super(field + " " + message);
        this.field = field;
    }

    /** The field that is wrong, in the caller's spelling. */
    public String field() {
        return field;
    }
}
