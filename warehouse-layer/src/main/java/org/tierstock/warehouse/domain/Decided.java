package org.tierstock.warehouse.domain;

import java.util.List;
import java.util.Objects;

/**
 * What a document came to.
 *
 * @param outbounds the outbounds that it changed, as they are now; empty for a refusal
 */
public record Decided<O>(O outcome, List<Outbound> outbounds) {
    public Decided {
        Objects.requireNonNull(outcome, "outcome");
        outbounds = List.copyOf(outbounds);
    }

    static <O> Decided<O> refused(O outcome) {
        return new Decided<>(outcome, List.of());
    }
}
