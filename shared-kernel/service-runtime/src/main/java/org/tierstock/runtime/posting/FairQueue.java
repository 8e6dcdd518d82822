package org.tierstock.runtime.posting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * What waits, of many callers, each for many keys. One after the other the callers are served, and of each caller one key
 * after the other, an element at a time; only elements of one caller for one key keep their order. So neither who sends
 * most nor the key that most is asked for makes the others wait. An operation costs the same however much waits.
 *
 * <p>An element has a weight: as many places it takes, and as many turns its caller waits for it. The turns that a heavy one
 * costs are passed over after it was taken, not saved up before: so it comes as soon as a light one, and an element costs as
 * many steps as it weighs.
 *
 * <p>Not for several threads: its owner has a lock.
 *
 * @param <T> an element
 */
final class FairQueue<T> {
    /** A key that something waits for, and how much of it was taken into a batch. */
    private static final class Key {
        int flows;
        long batch;
        int taken;
        int weight;
    }

    private static final class Link<T> {
        final T element;
        final int weight;
        Link<T> next;

        Link(T element, int weight) {
            this.element = element;
            this.weight = weight;
        }
    }

    /** What one caller has waiting for one key, oldest first; never empty. */
    private static final class Flow<T> {
        final String name;
        final Key key;
        Link<T> first;
        Link<T> last;

        Flow(String name, Key key) {
            this.name = name;
            this.key = key;
        }
    }

    /** A caller with something waiting: its flows by key, and in the order of their turns. */
    private static final class Party<T> {
        final String caller;
        final Map<String, Flow<T>> flows = new HashMap<>();
        final Queue<Flow<T>> turns = new ArrayDeque<>();
        int turnsToPass;

        Party(String caller) {
            this.caller = caller;
        }
    }

    private record Deferred<T>(Party<T> party, Flow<T> flow) {}

    private final FairShares shares;
    private final Map<String, Party<T>> parties = new HashMap<>();
    private final Queue<Party<T>> turns = new ArrayDeque<>();
    private final Map<String, Key> keys = new HashMap<>();
    private long batches;
    private int size;

    /**
     * How much of a queue.
     *
     * @param elements at most so many
     * @param weight no more is taken when this is reached; the last one may pass it
     */
    record Most(int elements, int weight) {
        private boolean reachedBy(int taken, int weighing) {
            return taken >= elements || weighing >= weight;
        }
    }

    /** @param capacity what may wait may weigh so much; beyond that, each caller's equal share: see {@link FairShares} */
    FairQueue(int capacity) {
        shares = new FairShares(capacity);
    }

    /**
     * Takes the places of an element of this caller, which is then {@link #add added} or {@link #giveUp given up}.
     *
     * @param weight at least 1
     */
    boolean reserve(String caller, int weight) {
        return shares.take(caller, weight);
    }

    /** Gives places back that were reserved in vain. */
    void giveUp(String caller, int weight) {
        shares.release(caller, weight);
    }

    /** Adds an element for which its places were reserved. */
    void add(String caller, String key, T element, int weight) {
        Party<T> party = parties.get(caller);
        if (party == null) {
            party = new Party<>(caller);
            parties.put(caller, party);
            turns.add(party);
        }
        Link<T> link = new Link<>(element, weight);
        Flow<T> flow = party.flows.get(key);
        if (flow == null) {
            flow = new Flow<>(key, keys.computeIfAbsent(key, each -> new Key()));
            flow.key.flows++;
            flow.first = link;
            party.flows.put(key, flow);
            party.turns.add(flow);
        } else {
            flow.last.next = link;
        }
        flow.last = link;
        size++;
    }

    /** How many elements wait. */
    int size() {
        return size;
    }

    /**
     * Takes the next elements, in the order of the callers' and keys' turns.
     *
     * @param most how many
     * @param ofOneKey how many of them for one key, as long as others wait or are taken too
     */
    List<T> take(Most most, Most ofOneKey) {
        List<T> taken = new ArrayList<>(Math.min(most.elements(), size));
        List<Deferred<T>> deferred = new ArrayList<>();
        boolean manyKeys = keys.size() > 1;
        int weight = 0;
        batches++;
        while (!most.reachedBy(taken.size(), weight) && !turns.isEmpty()) {
            Party<T> party = turns.remove();
            if (party.turnsToPass > 0 && !turns.isEmpty()) {
                party.turnsToPass--;
                turns.add(party);
                continue;
            }
            Flow<T> flow = party.turns.remove();
            countAnew(flow.key);
            if (manyKeys && ofOneKey.reachedBy(flow.key.taken, flow.key.weight)) {
                deferred.add(new Deferred<>(party, flow));
            } else {
                int taking = flow.first.weight;
                flow.key.taken++;
                flow.key.weight += taking;
                weight += taking;
                party.turnsToPass = taking - 1;
                taken.add(removeFirst(party, flow));
                if (flow.first != null) {
                    party.turns.add(flow);
                }
            }
            if (!party.turns.isEmpty()) {
                turns.add(party);
            }
        }
        // Their turn comes again in the next batch.
        deferred.forEach(each -> {
            if (each.party().turns.isEmpty()) {
                turns.add(each.party());
            }
            each.party().turns.add(each.flow());
        });
        return taken;
    }

    private void countAnew(Key key) {
        if (key.batch != batches) {
            key.batch = batches;
            key.taken = 0;
            key.weight = 0;
        }
    }

    /** Removes from the front of each caller's elements for each key what passes the test. */
    List<T> removeFirstWhile(Predicate<T> test) {
        List<T> removed = new ArrayList<>();
        for (Party<T> party : List.copyOf(parties.values())) {
            for (Flow<T> flow : List.copyOf(party.flows.values())) {
                while (flow.first != null && test.test(flow.first.element)) {
                    removed.add(removeFirst(party, flow));
                }
                if (flow.first == null) {
                    party.turns.remove(flow);
                }
            }
            if (party.flows.isEmpty()) {
                turns.remove(party);
            }
        }
        return removed;
    }

    private T removeFirst(Party<T> party, Flow<T> flow) {
        T element = flow.first.element;
        shares.release(party.caller, flow.first.weight);
        flow.first = flow.first.next;
        size--;
        if (flow.first == null) {
            party.flows.remove(flow.name);
            if (--flow.key.flows == 0) {
                keys.remove(flow.name);
            }
            if (party.flows.isEmpty()) {
                parties.remove(party.caller);
            }
        }
        return element;
    }
}
