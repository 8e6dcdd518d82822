package org.tierstock.runtime.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/**
 * Shows what nobody does: {@code tierstock_work_unleased}, of each work the partitions that no replica holds a lease of. One that
 * was never leased counts too. There is no figure before the first look.
 */
@ApplicationScoped
public class LeaseWatch {
    private final Database database;
    private final Set<String> works;
    private final MultiGauge unleased;

    @Inject
    LeaseWatch(@Reads Database database, WorkLoops loops, MeterRegistry meters) {
        this(database, loops.works(), meters);
    }

    /** @param works those that are watched; may grow */
    public LeaseWatch(Database database, Set<String> works, MeterRegistry meters) {
        this.database = database;
        this.works = works;
        this.unleased = MultiGauge.builder("tierstock.work.unleased")
                .description("Partitions of a work that no replica of this layer does")
                .register(meters);
    }

    /** For the container's proxy. */
    protected LeaseWatch() {
        this.database = null;
        this.works = null;
        this.unleased = null;
    }

    /** Looks now. */
    @Scheduled(
            every = "${tierstock.obligations.every:15s}",
            identity = "leases",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void look() {
        List<MultiGauge.Row<Number>> rows = database.query(
                """
                SELECT work, ? - (SELECT count(*) FROM lease l WHERE l.name = w.work AND l.until > now())
                FROM unnest(?::text[]) AS w (work)
                """,
                p -> p.integer(1, Partitions.COUNT).texts(2, List.copyOf(works)),
                row -> MultiGauge.Row.of(Tags.of("work", row.getString(1)), row.getLong(2)));
        unleased.register(List.copyOf(rows), true);
    }
}
