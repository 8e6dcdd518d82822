package org.tierstock.planted.rule12_now_without_a_clock.domain;

import java.time.Instant;

public record Deadline(Instant at) {
    public boolean passed() {
        return Instant.now().isAfter(at);
    }
}
