package org.tierstock.runtime.problem;

import org.tierstock.runtime.posting.FairShares;
import org.tierstock.runtime.posting.Sender;

/** So many requests or calls under way at a time, each caller with its fair share of them: see {@link FairShares}. For several threads. */
final class FairPlaces {
    private final int capacity;
    private final String what;
    private final FairShares shares;

    /**
     * Nobody has one yet.
     *
     * @param capacity how many there are before shares count
     * @param what is under way, for whoever is refused
     */
    FairPlaces(int capacity, String what) {
        this.capacity = capacity;
        this.what = what;
        this.shares = new FairShares(capacity);
    }

    /** False when all are taken, and the caller has its share of them. */
    synchronized boolean take(String caller) {
        return shares.take(caller);
    }

    /** Takes so many, all of them or none: false when all are taken, and the caller has its share of them. */
    synchronized boolean take(String caller, int places) {
        return shares.take(Sender.of(caller), places);
    }

    synchronized void release(String caller) {
        shares.release(caller);
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
