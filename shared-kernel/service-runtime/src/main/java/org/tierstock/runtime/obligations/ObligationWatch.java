package org.tierstock.runtime.obligations;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/**
 * Shows what the layer still owes: {@code tierstock_obligation_open} and {@code tierstock_obligation_oldest_seconds}, by kind.
 * Every replica looks by itself, by one statement, however often it is asked for its metrics. Before it has they are not a
 * number, and {@code tierstock_obligations_looked_seconds} says how old they are: a look that fails leaves them as they were.
 */
@ApplicationScoped
public class ObligationWatch {
    /** More of a kind are not counted. */
    public static final int MOST = 1_000;

    private final Database database;
    private final List<Obligation> kinds;
    private final Clock clock;

    /** Null before the first look. */
    private volatile Map<String, Open> found;

    private volatile long lookedAt;

    /**
     * What is open of a kind.
     *
     * @param count at most {@link #MOST}
     * @param since the time, by the meters' clock in nanoseconds, when the oldest began
     */
    private record Open(long count, long since) {}

    private record Row(String kind, long count, double seconds) {}

    @Inject
    ObligationWatch(@Reads Database database, @Any Instance<Obligations> layers, MeterRegistry meters) {
        this(database, layers.stream().toList(), meters);
    }

    public ObligationWatch(Database database, List<Obligations> layers, MeterRegistry meters) {
        this.database = database;
        this.kinds = layers.stream().flatMap(layer -> layer.kinds().stream()).toList();
        this.clock = meters.config().clock();
        this.lookedAt = clock.monotonicTime();
        TimeGauge.builder("tierstock.obligations.looked", () -> since(lookedAt), TimeUnit.SECONDS)
                .description(
                        "How long ago this replica has last seen what is owed; since its start before the first time")
                .register(meters);
        for (Obligation obligation : kinds) {
            Gauge.builder("tierstock.obligation.open", () -> count(obligation.kind()))
                    .description("What is owed and not done yet, by kind; no more than " + MOST + " are counted")
                    .tag("kind", obligation.kind())
                    .register(meters);
            TimeGauge.builder("tierstock.obligation.oldest", () -> seconds(obligation.kind()), TimeUnit.SECONDS)
                    .description("For how long the oldest of what is owed has been owed, by kind; 0 when nothing is")
                    .tag("kind", obligation.kind())
                    .register(meters);
        }
    }

    /** For the container's proxy. */
    protected ObligationWatch() {
        this.database = null;
        this.kinds = List.of();
        this.clock = null;
    }

    /** Looks now. */
    @Scheduled(
            every = "${tierstock.obligations.every:15s}",
            identity = "obligations",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void look() {
        long now = clock.monotonicTime();
        Map<String, Open> open = new HashMap<>();
        for (Row row : rows()) {
            if (row.count > 0) {
                long age = Duration.ofMillis((long) (row.seconds * 1_000)).toNanos();
                open.put(row.kind, new Open(row.count, now - age));
            }
        }
        found = Map.copyOf(open);
        lookedAt = now;
    }

    private List<Row> rows() {
        String all = kinds.stream()
                .map(obligation -> "SELECT '" + obligation.kind()
                        + "', count(*), extract(epoch FROM now() - min(since))::float8 FROM (SELECT * FROM ("
                        + obligation.rows() + ") owed LIMIT " + MOST + ") open")
                .collect(Collectors.joining("\nUNION ALL\n"));
        return database.query(
                all, Database.Binder.NOTHING, row -> new Row(row.getString(1), row.getLong(2), row.getDouble(3)));
    }

    private double count(String kind) {
        return shown(kind, Open::count);
    }

    private double seconds(String kind) {
        return shown(kind, open -> Math.max(0, since(open.since)));
    }

    private double shown(String kind, ToDoubleFunction<Open> figure) {
        Map<String, Open> last = found;
        if (last == null) {
            return Double.NaN;
        }
        Open open = last.get(kind);
        return open == null ? 0 : figure.applyAsDouble(open);
    }

    private double since(long then) {
        return Duration.ofNanos(clock.monotonicTime() - then).toSeconds();
    }
}
