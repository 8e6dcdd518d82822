package org.tierstock.runtime.ledger;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.MonthMissing;

/**
 * Keeps the ledger's monthly partitions ahead of time. A start does not wait for it: a database that does not answer then is
 * asked again.
 *
 * <p>A partition is made apart and attached when it is whole, which waits for no reader of the ledger and no posting, and
 * none of them for it. Should the month of a posting be missing all the same - the layer was down for longer than the months
 * ahead, or the database's clock has leapt - the posting is rolled back and told as what may succeed a moment later, and the
 * month is made at once.
 */
@ApplicationScoped
public class LedgerPartitions {
    private static final Logger LOG = Logger.getLogger(LedgerPartitions.class);

    private static final Duration WARN_AGAIN = Duration.ofMinutes(1);

    private final Database database;
    private final int monthsAhead;
    private final AtomicBoolean atIt = new AtomicBoolean();
    private volatile Long warnedAt;

    /** @param monthsAhead how many months after the present one are there always */
    @Inject
    public LedgerPartitions(
            Database database, @ConfigProperty(name = "tierstock.ledger.months-ahead") int monthsAhead) {
        this.database = database;
        this.monthsAhead = monthsAhead;
    }

    /** For the container's proxy. */
    protected LedgerPartitions() {
        this(null, 0);
    }

    /** Makes the partitions of this month and of those ahead, when they are missing. One replica does so at a time. */
    @Scheduled(every = "1h", identity = "ledger-partitions", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void ensure() {
        int made = 0;
        // One after the other: many at once would take longer than a statement may, and leave none.
        for (int months = 0; months <= monthsAhead; months++) {
            int ahead = months;
            made += database.query("SELECT ensure_ledger_partitions(?)", p -> p.integer(1, ahead), row -> row.getInt(1))
                    .getFirst();
        }
        if (made > 0) {
            LOG.infof("The ledger has %d months more", made);
        }
    }

    /** A posting has found no partition for its month. Others that find none meanwhile need not ask for it too. */
    void makeNow(@ObservesAsync MonthMissing missing) {
        if (atIt.compareAndSet(false, true)) {
            try {
                ensure();
            } catch (RuntimeException e) {
                warn(e);
            } finally {
                atIt.set(false);
            }
        }
    }

    /** Nobody else tells what an observer fails by. Every posting asks for the month: once a minute is enough. */
    private void warn(RuntimeException failure) {
        long now = System.nanoTime();
        if (warnedAt == null || now - warnedAt >= WARN_AGAIN.toNanos()) {
            LOG.warnf(failure, "The month that postings lack cannot be made");
            warnedAt = now;
        }
    }
}
