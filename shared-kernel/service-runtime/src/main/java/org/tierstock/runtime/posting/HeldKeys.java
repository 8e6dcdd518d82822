package org.tierstock.runtime.posting;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody else holds for longer than a posting waits, as a lane has met it. Who needs it is refused at once for a while, then
 * it is tried again, until it is free or has not been met for long.
 *
 * <p>For one thread.
 *
 * @param <K> what may be held
 */
final class HeldKeys<K> {
    /** After so many times as long as is refused without being met again it is over, or nobody asks for it any more. */
    private static final int FORGOTTEN_AFTER = 5;

    private record Met(Exception failure, long at) {}

    private final long refusedNanos;
    private final Map<K, Met> held = new HashMap<>();

    /** @param refused for how long it is not tried again */
    HeldKeys(Duration refused) {
        this.refusedNanos = refused.toNanos();
    }

    /** True while nothing is known to be held, as a rule. */
    boolean none() {
        return held.isEmpty();
    }

    /**
     * It was waited for in vain.
     *
     * @param failure what those are told that need it
     */
    void met(K key, Exception failure) {
        held.put(key, new Met(failure, System.nanoTime()));
    }

    /** It is not held any more. */
    void free(K key) {
        held.remove(key);
    }

    /** True when it may still be held: then others should not be tried together with it. */
    boolean suspects(K key) {
        return held.containsKey(key);
    }

    /** Why who needs it is refused; empty when it may be tried. */
    Optional<Exception> refusal(K key) {
        Met met = held.get(key);
        return met == null || System.nanoTime() - met.at() >= refusedNanos
                ? Optional.empty()
                : Optional.of(met.failure());
    }

    /** Forgets what has not been met for long. */
    void forgetOld() {
        if (!held.isEmpty()) {
            long now = System.nanoTime();
            held.values().removeIf(met -> now - met.at() > FORGOTTEN_AFTER * refusedNanos);
        }
    }
}
