package org.tierstock.runtime.changes;

import java.util.Objects;

/**
 * Who does something, as the adapter that was asked knows it.
 *
 * @param subject the subject of the token that was shown
 * @param tokenId the token's own id ({@code jti}); null when it has none
 * @param traceId the trace of the request, 32 hexadecimal digits: the log lines of all layers name it
 */
public record Actor(String subject, String tokenId, String traceId) {
    public Actor {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(traceId, "traceId");
    }
}
