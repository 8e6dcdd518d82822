package org.tierstock.runtime.readers;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tierstock.runtime.posting.Overloaded;

/**
 * Places, of which no caller has more than its share at a time. One more waits a little for one of the same caller's to come
 * back, and is refused then. The service itself is no caller, and has no share.
 */
final class Shares {
    /** What one caller has, and how many of its requests look at it: it is forgotten with the last of them. */
    private static final class Share {
        private final Semaphore places;
        private int users;

        Share(int most) {
            this.places = new Semaphore(most, true);
        }
    }

    private final String what;
    private final int most;
    private final Duration patience;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    /**
     * Nobody has one yet.
     *
     * @param what they are, for whoever is refused
     * @param most how many a caller may have at a time
     * @param patience how long one more waits
     */
    Shares(String what, int most, Duration patience) {
        this.what = what;
        this.most = most;
        this.patience = patience;
    }

    /** What is to be given back. It may be so more than once. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A place.
     *
     * @param caller empty for the service itself
     * @throws Overloaded when the caller has its share
     */
    Place take(String caller) {
        if (caller.isEmpty()) {
            return () -> {};
        }
        Share share = enter(caller);
        boolean taken = false;
        try {
            taken = share.places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("the service is stopping");
        } finally {
            if (!taken) {
                leave(caller, share);
            }
        }
        if (!taken) {
            throw new Overloaded("a caller has " + most + ' ' + what);
        }
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                share.places.release();
                leave(caller, share);
            }
        };
    }

    private Share enter(String name) {
        return shares.compute(name, (key, known) -> {
            Share share = known == null ? new Share(most) : known;
            share.users++;
            return share;
        });
    }

    private void leave(String name, Share left) {
        shares.compute(name, (key, same) -> --left.users == 0 ? null : left);
    }

    /** How many callers have a place or wait for one. */
    int callers() {
        return shares.size();
    }
}
