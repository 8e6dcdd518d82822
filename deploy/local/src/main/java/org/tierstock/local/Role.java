package org.tierstock.local;

import java.util.Locale;

/** What the bearer of a token may do; what it may do it to is said by its {@link Scopes}. */
public enum Role {
    CHANNEL,
    OPERATOR,
    WMS,
    AUDITOR,
    SERVICE;

    /** The word in the token's {@code groups} claim. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }
}
