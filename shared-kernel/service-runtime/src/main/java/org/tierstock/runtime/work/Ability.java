package org.tierstock.runtime.work;

import java.time.Duration;

/**
 * Whether this replica can do a work, as its own steps show. All times are by {@link System#nanoTime}.
 *
 * <p>Steps that fail for longer than the patience make it unable. While nobody else can do the work it goes on as before,
 * and one step that has done something is enough to be able again. One that found nothing to do proves little, and so does
 * one on a partition that others do: then it must try for some time without a failure. That time doubles with each relapse.
 */
final class Ability {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** A failure within so many trials after the last one counts as the same trouble. */
    private static final int RELAPSE = 10;

    private final Duration patience;
    private final Duration longestTrial;

    private long failingSince;
    private Throwable failure;
    private int failures;
    private boolean unable;
    private long tryingSince;
    private boolean trying;
    private Duration trial;
    private Long ableAgainSince;

    /**
     * Able, until shown otherwise.
     *
     * @param patience how long steps may fail before it counts as unable, and how long it is tried at first
     * @param longestTrial the most that the trial may grow to
     */
    Ability(Duration patience, Duration longestTrial) {
        this.patience = patience;
        this.longestTrial = longestTrial;
        this.trial = patience;
    }

    /** A step has failed that began then. */
    synchronized void failed(long began, long now, Throwable cause) {
        if (failure == null) {
            failingSince = began;
        }
        failure = cause;
        failures++;
        trying = false;
        if (!unable && now - failingSince >= patience.toNanos()) {
            unable = true;
            boolean relapse = ableAgainSince != null
                    && now - ableAgainSince < trial.multipliedBy(RELAPSE).toNanos();
            trial = relapse ? min(trial.multipliedBy(2), longestTrial) : patience;
        }
    }

    /** A step has done something on partitions that are this replica's to do. */
    synchronized void succeeded(long now) {
        if (unable) {
            ableAgainSince = now;
        }
        unable = false;
        failure = null;
        failures = 0;
        trying = false;
    }

    /** A step has not failed that had nothing to do, or was on a partition that others do. */
    synchronized void tried(long now) {
        if (!trying) {
            trying = true;
            tryingSince = now;
        }
        if (now - tryingSince >= trial.toNanos()) {
            succeeded(now);
        }
    }

    /** True from when its steps have failed for the patience, until they have shown that they succeed. */
    synchronized boolean isUnable() {
        return unable;
    }

    /** How long it has not been able, or has failed since it last was; zero when it is. */
    synchronized Duration failingFor(long now) {
        return failure == null ? Duration.ZERO : Duration.ofNanos(now - failingSince);
    }

    /** What the last step failed by; null when the work is done as it should. */
    synchronized Throwable failure() {
        return failure;
    }

    /**
     * How long to wait after a failure: the longer the more steps have failed, since a step may cost much before it fails, but
     * no longer than the work waits when it has nothing to do.
     */
    synchronized Duration pause(Duration idle) {
        Duration longest = min(idle, LONGEST_PAUSE);
        Duration pause = FIRST_PAUSE;
        for (int again = 1; again < failures && pause.compareTo(longest) < 0; again++) {
            pause = min(pause.multipliedBy(2), longest);
        }
        return pause;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
