package org.tierstock.local;

import java.util.Locale;

/** What the bearer of a token may do; what it may do it to is said by its {@link Scopes}. */
public enum Role {
    CHANNEL,
    OPERATOR,
    APPROVER,
    WMS,
    AUDITOR,
    SERVICE_SALES,
    SERVICE_DISPATCH,
    SERVICE_WAREHOUSE;

    /** The role by which a layer's service calls the others. */
    public static Role ofService(Layer layer) {
        return switch (layer) {
            case SALES -> SERVICE_SALES;
            case DISPATCH -> SERVICE_DISPATCH;
            case WAREHOUSE -> SERVICE_WAREHOUSE;
        };
    }

    /** The word in the token's {@code groups} claim. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return claim();
    }
}
