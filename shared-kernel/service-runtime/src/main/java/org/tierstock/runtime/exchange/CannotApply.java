package org.tierstock.runtime.exchange;

/** A message that cannot be applied as things stand. It is parked with this reason, and nothing has moved. */
public final class CannotApply extends RuntimeException {
    public CannotApply(String reason) {
        super(reason, null, false, false);
    }

    public CannotApply(String reason, Throwable cause) {
        super(reason, cause, false, false);
    }
}
