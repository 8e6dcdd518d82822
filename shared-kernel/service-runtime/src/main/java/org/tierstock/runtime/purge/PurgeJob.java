package org.tierstock.runtime.purge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private static final String NEVER = "off";

    private final Purge purge;
    private final Instance<PeerExchange> peers;
    private final Instance<PurgedRows> ownRows;
    private final WorkLoops loops;
    private final EachInTurn eachInTurn;
    private final MeterRegistry meters;
    private final String every;
    private volatile long done = System.nanoTime();

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
            TimeGauge.builder("tierstock.purge.last", this, TimeUnit.SECONDS, PurgeJob::secondsSinceDone)
                    .description(
                            "How long ago this replica has last exchanged what may go and purged it, or has started")
                    .register(meters);
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

    double secondsSinceDone() {
        return Duration.ofNanos(System.nanoTime() - done).toSeconds();
    }

    /**
     * Exchanges, and purges everything of these partitions that may go, chunk by chunk.
     *
     * @throws Unreached when the other layer did not answer. What had been released before is purged all the same, but nothing
     *     new is, so this is no purge to be counted as one; and another replica may reach it
     */
    void run(Set<Integer> partitions) {
        Optional<Unreached> unanswered = exchange();
        each(
                purge.places(partitions),
                PurgeJob::name,
                place -> inChunks(place.side().rows(), () -> purge.purge(place)));
        each(
                List.copyOf(partitions),
                partition -> "revocation_key/" + partition,
                partition -> inChunks("revocation_key", () -> purge.revocationKeys(partition)));
        each(ownRows.stream().toList(), PurgedRows::name, rows -> inChunks(rows.name(), () -> purge.purge(rows)));
        unanswered.ifPresent(failure -> {
            throw failure;
        });
        done = System.nanoTime();
    }

    /** One that cannot be purged holds up no other. */
    private <S> void each(List<S> subjects, Function<S, String> name, Consumer<S> purging) {
        for (S subject : subjects) {
            eachInTurn.attempt(WORK, List.of(subject), name, one -> {
                purging.accept(subject);
                return Progress.DONE;
            });
        }
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
