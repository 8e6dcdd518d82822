package org.tierstock.runtime.posting;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What waits, of many senders, each for many keys. One after the other the parties are served, of each party its parts, and of
 * each part one key after the other, an element at a time; only elements of one sender for one key keep their order. So neither
 * who sends most, under however many names, nor the key that most is asked for makes the others wait. An operation costs the same
 * however much waits.
 *
 * <p>An element has a weight: as many places it takes, and as many turns its sender waits for it, the party among the parties and
 * the part among its party's. The turns that a heavy one costs are passed over after it was taken, not saved up before: so it
 * comes as soon as a light one, and an element costs about as many steps as it weighs.
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

    /** What one sender has waiting for one key, oldest first; never empty. */
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

    /** Takes turns, and passes as many as what was taken at its last turn weighed more than one. */
    private abstract static class Turned {
        int turnsToPass;
    }

    /** A part of a party with something waiting: its flows by key, and in the order of their turns. */
    private static final class Part<T> extends Turned {
        final Sender sender;
        final Map<String, Flow<T>> flows = new HashMap<>();
        final Deque<Flow<T>> turns = new ArrayDeque<>();

        Part(Sender sender) {
            this.sender = sender;
        }
    }

    /** A party with something waiting: its parts by name, and those of them that have a flow whose turn comes. */
    private static final class Party<T> extends Turned {
        final Map<String, Part<T>> parts = new HashMap<>();
        final Queue<Part<T>> turns = new ArrayDeque<>();
    }

    private record Deferred<T>(Party<T> party, Part<T> part, Flow<T> flow) {}

    private final FairShares shares;
    private final Map<String, Party<T>> parties = new HashMap<>();

    /**
     * When those have passed the turns that they owe that have nothing waiting, by how many elements were taken: as long as others
     * wait, each that is taken is a turn that they pass. When nobody waits nobody owes anything.
     */
    private final Map<Sender, Long> owed = new HashMap<>();

    private final Queue<Party<T>> turns = new ArrayDeque<>();
    private final Map<String, Key> keys = new HashMap<>();
    private long batches;
    private int size;
    private long served;

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

    /** @param capacity what may wait may weigh so much; beyond that, each sender's equal share: see {@link FairShares} */
    FairQueue(int capacity) {
        shares = new FairShares(capacity);
    }

    /**
     * Takes the places of an element of this sender, which is then {@link #add added} or {@link #giveUp given up}.
     *
     * @param weight at least 1
     */
    boolean reserve(Sender sender, int weight) {
        return shares.take(sender, weight);
    }

    /** Whether the sender's party has nothing here. */
    boolean hasNothingOf(Sender sender) {
        return shares.holdsNothing(sender);
    }

    /** Takes the places of an element of this sender, whether there is room or not. */
    void reserveAnyway(Sender sender, int weight) {
        shares.hold(sender, weight);
    }

    /** Gives places back that were reserved in vain. */
    void giveUp(Sender sender, int weight) {
        shares.release(sender, weight);
    }

    /** Adds an element for which its places were reserved. */
    void add(Sender sender, String key, T element, int weight) {
        Flow<T> flow = flow(sender, key, Deque::addLast);
        Link<T> link = new Link<>(element, weight);
        if (flow.first == null) {
            flow.first = link;
        } else {
            flow.last.next = link;
        }
        flow.last = link;
        size++;
    }

    /**
     * Puts an element back that was taken and weighs more than was known: before what its sender has waiting, so that it comes at
     * the sender's next turn. It has its places, whether there is room or not.
     */
    void putBack(Sender sender, String key, T element, int weight) {
        shares.hold(sender, weight);
        Flow<T> flow = flow(sender, key, Deque::addFirst);
        Link<T> link = new Link<>(element, weight);
        link.next = flow.first;
        flow.first = link;
        if (flow.last == null) {
            flow.last = link;
        }
        size++;
    }

    /** What the sender has waiting for that key; a new one, which something is about to be added to, when that is nothing. */
    private Flow<T> flow(Sender sender, String key, BiConsumer<Deque<Flow<T>>, Flow<T>> inTurn) {
        Party<T> party = parties.computeIfAbsent(sender.party(), name -> owing(Sender.of(name), new Party<>()));
        Part<T> part = party.parts.computeIfAbsent(sender.part(), name -> owing(sender, new Part<>(sender)));
        Flow<T> flow = part.flows.get(key);
        if (flow == null) {
            flow = new Flow<>(key, keys.computeIfAbsent(key, each -> new Key()));
            flow.key.flows++;
            part.flows.put(key, flow);
            queue(party, part, flow, inTurn);
        }
        return flow;
    }

    /** A flow is queued in its part, the part in its party and the party when they are not yet. */
    private void queue(Party<T> party, Part<T> part, Flow<T> flow, BiConsumer<Deque<Flow<T>>, Flow<T>> inTurn) {
        if (part.turns.isEmpty()) {
            if (party.turns.isEmpty()) {
                turns.add(party);
            }
            party.turns.add(part);
        }
        inTurn.accept(part.turns, flow);
    }

    /** How many elements wait. */
    int size() {
        return size;
    }

    /**
     * Takes the next elements, in the order of the senders' and keys' turns.
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
            Party<T> party = next(turns);
            Part<T> part = next(party.turns);
            Flow<T> flow = part.turns.remove();
            countAnew(flow.key);
            if (manyKeys && ofOneKey.reachedBy(flow.key.taken, flow.key.weight)) {
                deferred.add(new Deferred<>(party, part, flow));
            } else {
                int taking = flow.first.weight;
                flow.key.taken++;
                flow.key.weight += taking;
                weight += taking;
                party.turnsToPass = taking - 1;
                part.turnsToPass = taking - 1;
                served++;
                taken.add(removeFirst(party, part, flow));
                if (flow.first != null) {
                    part.turns.add(flow);
                }
            }
            if (!part.turns.isEmpty()) {
                party.turns.add(part);
            }
            if (!party.turns.isEmpty()) {
                turns.add(party);
            }
        }
        // Their turn comes again in the next batch.
        deferred.forEach(each -> queue(each.party(), each.part(), each.flow(), Deque::addLast));
        return taken;
    }

    /** Whose turn it is. Who is alone passes none. */
    private static <E extends Turned> E next(Queue<E> turns) {
        E next = turns.remove();
        while (next.turnsToPass > 0 && !turns.isEmpty()) {
            next.turnsToPass--;
            turns.add(next);
            next = turns.remove();
        }
        return next;
    }

    private void countAnew(Key key) {
        if (key.batch != batches) {
            key.batch = batches;
            key.taken = 0;
            key.weight = 0;
        }
    }

    /** Removes from the front of each sender's elements for each key what passes the test. */
    List<T> removeFirstWhile(Predicate<T> test) {
        List<T> removed = new ArrayList<>();
        for (Party<T> party : List.copyOf(parties.values())) {
            for (Part<T> part : List.copyOf(party.parts.values())) {
                for (Flow<T> flow : List.copyOf(part.flows.values())) {
                    while (flow.first != null && test.test(flow.first.element)) {
                        removed.add(removeFirst(party, part, flow));
                    }
                    if (flow.first == null) {
                        part.turns.remove(flow);
                    }
                }
                if (part.flows.isEmpty()) {
                    party.turns.remove(part);
                }
            }
            if (party.parts.isEmpty()) {
                turns.remove(party);
            }
        }
        return removed;
    }

    /** Whoever comes back meanwhile passes the turns that are left of those that its last one cost. */
    private void remember(Sender sender, Turned turned) {
        if (size == 0) {
            owed.clear();
        } else if (turned.turnsToPass > 0) {
            owed.values().removeIf(paid -> paid <= served);
            owed.put(sender, served + turned.turnsToPass);
        }
    }

    private <E extends Turned> E owing(Sender sender, E turned) {
        Long paid = owed.remove(sender);
        turned.turnsToPass = paid == null ? 0 : (int) Math.max(0, paid - served);
        return turned;
    }

    /** Of whom nothing waits no more is remembered than that. */
    private T removeFirst(Party<T> party, Part<T> part, Flow<T> flow) {
        T element = flow.first.element;
        shares.release(part.sender, flow.first.weight);
        flow.first = flow.first.next;
        size--;
        if (flow.first == null) {
            part.flows.remove(flow.name);
            if (--flow.key.flows == 0) {
                keys.remove(flow.name);
            }
            if (part.flows.isEmpty()) {
                party.parts.remove(part.sender.part());
                remember(part.sender, part);
            }
            if (party.parts.isEmpty()) {
                parties.remove(part.sender.party());
                remember(Sender.of(part.sender.party()), party);
            }
        }
        return element;
    }
}
