package org.tierstock.runtime.posting;

import java.util.HashMap;
import java.util.Map;

/**
 * Places that parties share fairly, and the parts of each party what is the party's. While there are free ones, anybody takes as
 * many as they like; when all are taken, a party still gets its equal share, the capacity by the number of parties that hold any,
 * and when it has that too, each of its parts an equal share of it. So whoever takes all finds no more, whoever comes after them
 * is not refused for it, and in how many parts a party comes is nothing to the others.
 *
 * <p>What parties hold together is therefore more than the capacity when one took all of it before the others came: half as
 * much again with two parties, and never more than the capacity times 1 + 1/2 + 1/3 + ... of their number. The parts of a party
 * hold as much more than its share, up to twice of it in however many it comes; and of each the last that takes several at once
 * is larger than the room that it found, since what is larger than a share would else be refused for ever. The same is true of
 * a call of many, of a party that held nothing.
 *
 * <p>Not for several threads: its owner has a lock.
 */
public final class FairShares {
    /** As many shares of its own a party may hold by its parts. */
    private static final int MOST_OF_A_SHARE = 2;

    /** What a party holds, and each of its parts that hold any. */
    private static final class Held {
        final Map<String, Integer> parts = new HashMap<>();
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

    /** Takes a place for a party that has no parts, if there is one. */
    public boolean take(String party) {
        return take(Sender.of(party), 1);
    }

    /** Takes so many places for a sender, all of them, if there is one. */
    public boolean take(Sender sender, int places) {
        Held mine = held.get(sender.party());
        if (taken >= capacity && !hasRoom(mine, sender.part())) {
            return false;
        }
        hold(sender, places);
        return true;
    }

    /** Whether the party of a sender holds nothing at all. */
    boolean holdsNothing(Sender sender) {
        return !held.containsKey(sender.party());
    }

    /** Gives so many places to a sender, whether there is room or not. */
    void hold(Sender sender, int places) {
        Held mine = held.computeIfAbsent(sender.party(), party -> new Held());
        mine.parts.merge(sender.part(), places, Integer::sum);
        mine.places += places;
        taken += places;
    }

    private boolean hasRoom(Held mine, String part) {
        if (mine == null) {
            return capacity / (held.size() + 1) > 0;
        }
        int share = capacity / held.size();
        if (mine.places < share) {
            return true;
        }
        if (mine.places >= MOST_OF_A_SHARE * share) {
            return false;
        }
        Integer ofPart = mine.parts.get(part);
        return ofPart == null ? share / (mine.parts.size() + 1) > 0 : ofPart < share / mine.parts.size();
    }

    /** Gives a party's place back, which has no parts. */
    public void release(String party) {
        release(Sender.of(party), 1);
    }

    /** Gives so many of a sender's places back. */
    public void release(Sender sender, int places) {
        Held mine = held.get(sender.party());
        int left = mine == null ? -1 : mine.parts.getOrDefault(sender.part(), 0) - places;
        if (left < 0) {
            throw new IllegalStateException("Not so many places are held by " + sender + ": " + places);
        }
        taken -= places;
        mine.places -= places;
        if (left > 0) {
            mine.parts.put(sender.part(), left);
        } else {
            mine.parts.remove(sender.part());
        }
        if (mine.parts.isEmpty()) {
            held.remove(sender.party());
        }
    }

    /** How many places are taken, by all parties together. */
    public int taken() {
        return taken;
    }
}
