package org.tierstock.runtime.identity;

import io.smallrye.jwt.auth.principal.ParseException;

/** A token whose signature is good, and that lets nobody in all the same: whoever has it made has to be told why. */
public final class RefusedToken extends ParseException {
    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong, as the rest of a sentence; nothing of what the token says of its bearer */
    RefusedToken(String reason) {
        super(reason);
    }

    /** The reason that a failure has been caused by; an empty text when it has none of these. */
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedToken refused) {
                return refused.getMessage();
            }
        }
        return "";
    }
}
