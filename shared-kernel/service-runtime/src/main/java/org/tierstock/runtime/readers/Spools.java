package org.tierstock.runtime.readers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tierstock.runtime.posting.Overloaded;

/**
 * What has been read and waits for whoever takes it. A reader may be as slow as it likes, but keeps its place until it has
 * taken the last byte, and the disk's room is bounded: of all together, and for one caller to a half of it. The service itself
 * is no caller; it has no share, and the same room.
 *
 * <p>A file that is as long as its reader likes keeps one of the readers' connections while it is written, and many callers
 * who each keep to their share would have them all: only so many files are written at a time.
 */
public final class Spools {
    /** A caller writes so small a part of all the files at a time: two of them do not keep all others out. */
    private static final int PART_OF_ONE = 3;

    private final Shares shares;
    private final long most;
    private final Supplier<String> caller;
    private final Semaphore files;
    private final Shares writers;
    private final Duration patience;
    private final Map<String, Long> spooled = new HashMap<>();
    private long bytes;

    /**
     * None yet.
     *
     * @param shares how many a caller may have at a time
     * @param most how many bytes all of them may have
     * @param caller who asks; empty for the service itself
     * @param files how many files are written at a time
     * @param patience how long one more waits
     */
    Spools(Shares shares, long most, Supplier<String> caller, int files, Duration patience) {
        this.shares = shares;
        this.most = most;
        this.caller = caller;
        this.files = new Semaphore(files, true);
        this.writers = new Shares("files that are being written", Math.max(1, files / PART_OF_ONE), patience);
        this.patience = patience;
    }

    /**
     * An empty one, for whoever asks now.
     *
     * @throws Overloaded when the caller has as many as it may have, and none of them was closed within a little while
     */
    public Spool open() {
        String name = caller.get();
        Shares.Place place = shares.take(name);
        Room room = new Room(name, place);
        try {
            return new Spool(room);
        } catch (RuntimeException | Error e) {
            room.close();
            throw e;
        }
    }

    /**
     * Has a file written.
     *
     * @throws Overloaded when as many are being written as may be, and none of them was done within a little while
     */
    public void write(Runnable file) {
        Shares.Place place = writers.take(caller.get());
        try {
            inTurn(file);
        } finally {
            place.close();
        }
    }

    private void inTurn(Runnable file) {
        try {
            if (!files.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Overloaded("as many files are being written as may be at a time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Overloaded("the service is stopping");
        }
        try {
            file.run();
        } finally {
            files.release();
        }
    }

    /** How many bytes wait now. */
    synchronized long bytes() {
        return bytes;
    }

    private synchronized void take(String name, long more) {
        long own = spooled.getOrDefault(name, 0L) + more;
        if (bytes + more > most || !name.isEmpty() && own > most / 2) {
            throw new Overloaded("what waits for its readers takes " + bytes + " of " + most + " bytes, " + (own - more)
                    + " of them for this caller");
        }
        bytes += more;
        spooled.put(name, own);
    }

    private synchronized void giveBack(String name, long taken) {
        bytes -= taken;
        spooled.computeIfPresent(name, (same, own) -> own == taken ? null : own - taken);
    }

    /** What one of them has taken. Used by one thread at a time. */
    final class Room implements AutoCloseable {
        private final String name;
        private final Shares.Place place;
        private long taken;
        private boolean closed;

        private Room(String name, Shares.Place place) {
            this.name = name;
            this.place = place;
        }

        /** @throws Overloaded when there is no more */
        void take(long more) {
            Spools.this.take(name, more);
            taken += more;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                giveBack(name, taken);
                place.close();
            }
        }
    }
}
