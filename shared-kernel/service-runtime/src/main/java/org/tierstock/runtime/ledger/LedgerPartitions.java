package org.tierstock.runtime.ledger;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.runtime.sql.Database;

/**
 * Keeps the ledger's monthly partitions ahead of time, two months at least. A start does not wait for it: a database that
 * does not answer then is asked again.
 */
@ApplicationScoped
public class LedgerPartitions {
    private final Database database;

    @Inject
    public LedgerPartitions(Database database) {
        this.database = database;
    }

    /** Makes the partitions of this month and the next two, when they are missing. */
    @Scheduled(every = "1m", identity = "ledger-partitions")
    void ensure() {
        database.query("SELECT ensure_ledger_partitions()", Database.Binder.NOTHING, row -> row.getString(1));
    }
}
