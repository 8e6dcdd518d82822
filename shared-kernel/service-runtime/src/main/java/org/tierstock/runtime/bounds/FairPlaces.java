package org.tierstock.runtime.bounds;

import org.tierstock.runtime.posting.FairShares;
import org.tierstock.runtime.posting.Sender;

/** Places of what is under way, each caller with its fair share of them: see {@link FairShares}. For several threads. */
final class FairPlaces {
    private final int capacity;
    private final String what;
    private final FairShares shares;

    /**
     * Nobody has one yet.
     *
     * @param capacity how many there are before shares count
     * @param what has them, for whoever is refused
     */
    FairPlaces(int capacity, String what) {
        this.capacity = capacity;
        this.what = what;
        this.shares = new FairShares(capacity);
    }

    /** False when all are taken, and the caller has its share of them. */
    boolean take(String caller) {
        return take(caller, 1);
    }

    /** Takes so many, all of them or none. */
    synchronized boolean take(String caller, int places) {
        return shares.take(Sender.of(caller), places);
    }

    void release(String caller) {
        release(caller, 1);
    }

    synchronized void release(String caller, int places) {
        shares.release(Sender.of(caller), places);
    }

    synchronized int taken() {
        return shares.taken();
    }

    /** What whoever finds none is told. */
    String refusal() {
        return "there are " + capacity + " " + what + " under way, and this caller has its share of them";
    }
}
