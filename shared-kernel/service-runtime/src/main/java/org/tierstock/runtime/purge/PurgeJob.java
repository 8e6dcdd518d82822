package org.tierstock.runtime.purge;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.runtime.work.WorkLoops;

/** Exchanges what is needed no longer, and purges what has been released, from time to time. */
@ApplicationScoped
public class PurgeJob {
    private static final String WORK = "purge";

    /** What is set where nothing is purged. */
    static final String NEVER = "off";

    private final Purge purge;
    private final Instance<PeerExchange> peers;
    private final Instance<PurgedRows> ownRows;
    private final WorkLoops loops;
    private final EachInTurn eachInTurn;
    private final MeterRegistry meters;
    private final String every;

    @Inject
    public PurgeJob(
            Purge purge,
            @Any Instance<PeerExchange> peers,
            @Any Instance<PurgedRows> ownRows,
            WorkLoops loops,
            EachInTurn eachInTurn,
            MeterRegistry meters,
            @ConfigProperty(name = "tierstock.purge.every") String every) {
        this.purge = purge;
        this.peers = peers;
        this.ownRows = ownRows;
        this.loops = loops;
        this.eachInTurn = eachInTurn;
        this.meters = meters;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        requireOneRuleEach(ownRows.stream().toList());
        if (!every.equals(NEVER)) {
            loops.start(WORK, DurationConverter.parseDuration(every), partitions -> {
                run(partitions);
                return Progress.DONE;
            });
        }
    }

    /** Of two rules for the same rows the shorter one would decide, whatever is set for the other. */
    static void requireOneRuleEach(List<PurgedRows> rows) {
        Set<String> names = new HashSet<>();
        for (PurgedRows each : rows) {
            if (!names.add(each.name())) {
                throw new IllegalStateException(each.name() + " is purged by two rules");
            }
        }
    }

    /**
     * Exchanges, and purges everything of these partitions that may go, chunk by chunk. What cannot be purged is set aside, and
     * holds up nothing else; but the partitions that it belongs to, which are all of them for rows of no partition, are not
     * purged wholly then.
     *
     * @throws Unreached when the other layer did not answer. What had been released before is purged all the same, but nothing
     *     new is, so this is no purge to be counted as one; and another replica may reach it
     */
    void run(Set<Integer> partitions) {
        Optional<Unreached> unanswered = exchange();
        Set<Integer> whole = new HashSet<>(partitions);
        for (Purge.Place place : purge.places(partitions)) {
            if (!isPurged(name(place), place.side().rows(), () -> purge.purge(place))) {
                whole.remove(place.partition());
            }
        }
        for (int partition : partitions) {
            if (!isPurged("revocation_key/" + partition, "revocation_key", () -> purge.revocationKeys(partition))) {
                whole.remove(partition);
            }
        }
        for (PurgedRows rows : ownRows) {
            if (!isPurged(rows.name(), rows.name(), () -> purge.purge(rows))) {
                whole.clear();
            }
        }
        unanswered.ifPresent(failure -> {
            throw failure;
        });
        purge.done(whole);
    }

    /** Whether all of a subject that may go has gone; it is set aside otherwise. */
    private boolean isPurged(String subject, String rows, Supplier<Purge.Gone> chunk) {
        AtomicBoolean purged = new AtomicBoolean();
        eachInTurn.attempt(WORK, List.of(subject), name -> name, one -> {
            inChunks(rows, chunk);
            purged.set(true);
            return Progress.DONE;
        });
        return purged.get();
    }

    private static String name(Purge.Place place) {
        return place.side().rows() + '/' + place.stream() + '/' + place.partition();
    }

    /** What a peer releases is kept in the database, for all replicas. */
    private Optional<Unreached> exchange() {
        Unreached unanswered = null;
        for (PeerExchange peer : peers) {
            try {
                peer.exchange();
            } catch (RuntimeException e) {
                unanswered = new Unreached("the layer that is called, so nothing new is released", e.getMessage());
            }
        }
        return Optional.ofNullable(unanswered);
    }

    private void inChunks(String rows, Supplier<Purge.Gone> chunk) {
        Purge.Gone gone;
        do {
            gone = chunk.get();
            meters.counter("tierstock.purged", "rows", rows).increment(gone.deleted());
        } while (gone.more());
    }
}
