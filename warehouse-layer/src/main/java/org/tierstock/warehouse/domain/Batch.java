package org.tierstock.warehouse.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/**
 * When goods of a batch expire and when the first of them came.
 *
 * @param expiresOn the last day on which they are good; null when they do not expire
 */
public record Batch(BatchKey key, LocalDate expiresOn, Instant receivedAt) {
    public Batch {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(receivedAt, "receivedAt");
    }
}
