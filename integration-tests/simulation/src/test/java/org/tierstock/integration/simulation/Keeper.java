package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.purge.RevocationProof;
import org.tierstock.testing.InMemoryInbox;
import org.tierstock.testing.InMemoryOutbox;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** What a layer knows for its purge: what the others have told, how far it has purged, and its backups. */
final class Keeper {
    /** A stream partition, or a series of calls. */
    record Place(String stream, int partition) implements Comparable<Place> {
        static Place of(StreamPosition position) {
            return new Place(position.stream(), position.partition());
        }

        @Override
        public int compareTo(Place other) {
            int byStream = stream.compareTo(other.stream);
            return byStream != 0 ? byStream : Integer.compare(partition, other.partition);
        }
    }

    /** What a layer tells another: what it needs no longer, and the last numbers of its streams. */
    record Told(List<StreamPosition> released, List<StreamPosition> heads) {}

    final InMemoryOutbox outbox;
    final InMemoryInbox inbox;

    private final PurgeRules rules;
    private final Supplier<List<StreamPosition>> finishedCalls;
    private final Map<Place, Long> released;
    private final Map<Place, Long> floors;
    private final Map<Integer, RevocationProof> proofs;
    private final List<Map<Place, Long>> backups = new ArrayList<>();

    /**
     * A keeper that has heard nothing.
     *
     * @param inbox null when the layer receives nothing
     */
    Keeper(
            PurgeRules rules,
            InMemoryTransactions transactions,
            InMemoryOutbox outbox,
            InMemoryInbox inbox,
            Supplier<List<StreamPosition>> finishedCalls) {
        this.rules = rules;
        this.outbox = outbox;
        this.inbox = inbox;
        this.finishedCalls = finishedCalls;
        this.released = new InMemoryTable<>(transactions);
        this.floors = new InMemoryTable<>(transactions);
        this.proofs = new InMemoryTable<>(transactions);
    }

    private List<StreamPosition> positions() {
        List<StreamPosition> positions = new ArrayList<>(outbox.heads());
        if (inbox != null) {
            for (AppliedPosition applied : inbox.applied()) {
                if (applied.contiguous() > 0) {
                    positions.add(new StreamPosition(applied.stream(), applied.partition(), applied.contiguous()));
                }
            }
        }
        positions.addAll(finishedCalls.get());
        return positions;
    }

    Told tell(Predicate<String> streams) {
        List<StreamPosition> told = new ArrayList<>();
        for (StreamPosition position : positions()) {
            Place place = Place.of(position);
            List<Long> inBackups = backups.stream()
                    .map(backup -> backup.getOrDefault(place, 0L))
                    .toList();
            long sequence = rules.told(position.sequence(), inBackups);
            if (sequence > 0 && streams.test(place.stream())) {
                told.add(new StreamPosition(place.stream(), place.partition(), sequence));
            }
        }
        return new Told(told, outbox.heads());
    }

    void hear(Told told) {
        told.released().forEach(position -> released.merge(Place.of(position), position.sequence(), Math::max));
        for (StreamPosition head : told.heads()) {
            if (inbox != null && head.stream().equals(Streams.DISPATCH_TO_SALES)) {
                long settled = told.released().stream()
                        .filter(position -> position.stream().equals(Streams.SALES_TO_DISPATCH)
                                && position.partition() == head.partition())
                        .mapToLong(StreamPosition::sequence)
                        .findAny()
                        .orElse(0);
                proofs.put(
                        head.partition(),
                        proof(head.partition())
                                .reached(inbox.contiguous(head.stream(), head.partition()))
                                .heard(settled, head.sequence()));
            }
        }
    }

    RevocationProof proof(int partition) {
        return proofs.getOrDefault(partition, RevocationProof.NONE);
    }

    long released(Place place) {
        return released.getOrDefault(place, 0L);
    }

    /** How far this layer has purged; 0 where it has not. */
    long floor(Place place) {
        return floors.getOrDefault(place, 0L);
    }

    void raiseFloor(Place place, long sequence) {
        floors.merge(place, sequence, Math::max);
    }

    List<Place> places() {
        return released.keySet().stream().sorted().toList();
    }

    /** Whether messages of the streams beyond the cut were purged. */
    boolean tooOld(List<AppliedPosition> cut, Predicate<String> streams) {
        Map<Place, Long> contiguous = new HashMap<>();
        cut.forEach(
                position -> contiguous.put(new Place(position.stream(), position.partition()), position.contiguous()));
        return floors.entrySet().stream()
                .filter(floor -> streams.test(floor.getKey().stream()))
                .anyMatch(floor -> floor.getValue() > contiguous.getOrDefault(floor.getKey(), 0L));
    }

    /** A backup of the layer as it is now is made. */
    void backUp() {
        Map<Place, Long> backup = new TreeMap<>();
        positions().forEach(position -> backup.put(Place.of(position), position.sequence()));
        backups.add(backup);
    }

    int backups() {
        return backups.size();
    }

    /** Nobody would restore the oldest backup any more. */
    void closeBackup() {
        backups.removeFirst();
    }

    /** The other layer has forgotten nothing that a restored backup of this one would need. */
    void checkBackups(Keeper other) {
        for (Map<Place, Long> backup : backups) {
            other.floors.forEach((place, floor) -> Equations.require(
                    !concerns(place) || floor <= backup.getOrDefault(place, 0L),
                    "What a backup needs is kept",
                    () -> place + " is purged up to " + floor + ", a backup has " + backup.getOrDefault(place, 0L)));
        }
    }

    private boolean concerns(Place place) {
        return positions().stream().anyMatch(position -> Place.of(position).equals(place));
    }
}
