package org.tierstock.runtime.posting;

import java.util.HashMap;
import java.util.Map;

/**
 * Places that callers share fairly. While there are free ones, anybody takes as many as they like; when all are taken, a
 * caller still gets its equal share: the capacity by the number of callers that hold any. So whoever takes all finds no
 * more, and whoever comes after them is not refused for it.
 *
 * <p>What callers hold together is therefore more than the capacity when one took all of it before the others came: half as
 * much again with two callers, and never more than the capacity times 1 + 1/2 + 1/3 + ... of their number; and what the last
 * of each that takes several at once is larger than the room that it found, since what is larger than a share would else be
 * refused for ever.
 *
 * <p>Not for several threads: its owner has a lock.
 */
public final class FairShares {
    private static final class Held {
        int places;
    }

    private final int capacity;
    private final Map<String, Held> held = new HashMap<>();
    private int taken;

    /** @param capacity how many places there are, at least 1 */
    public FairShares(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("The capacity is at least 1: " + capacity);
        }
        this.capacity = capacity;
    }

    /** Takes a place for a caller, if there is one. */
    public boolean take(String caller) {
        return take(caller, 1);
    }

    /** Takes so many places for a caller, all of them, if there is one. */
    public boolean take(String caller, int places) {
        Held mine = held.get(caller);
        if (taken >= capacity && !hasRoom(mine)) {
            return false;
        }
        if (mine == null) {
            mine = new Held();
            held.put(caller, mine);
        }
        mine.places += places;
        taken += places;
        return true;
    }

    private boolean hasRoom(Held mine) {
        return mine == null ? capacity / (held.size() + 1) > 0 : mine.places < capacity / held.size();
    }

    /** Gives a caller's place back. */
    public void release(String caller) {
        release(caller, 1);
    }

    /** Gives so many of a caller's places back. */
    public void release(String caller, int places) {
        Held mine = held.get(caller);
        if (mine == null || mine.places < places) {
            throw new IllegalStateException("Not so many places are held by " + caller + ": " + places);
        }
        taken -= places;
        mine.places -= places;
        if (mine.places == 0) {
            held.remove(caller);
        }
    }

    /** How many places are taken, by all callers together. */
    public int taken() {
        return taken;
    }
}
