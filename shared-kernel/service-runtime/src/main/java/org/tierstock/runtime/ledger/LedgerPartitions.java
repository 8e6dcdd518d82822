package org.tierstock.runtime.ledger;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.tierstock.runtime.sql.Database;

/** Keeps the ledger's monthly partitions ahead of time: at start and once a day. */
@ApplicationScoped
public class LedgerPartitions {
    private final Database database;

    @Inject
    public LedgerPartitions(Database database) {
        this.database = database;
    }

    void atStart(@Observes StartupEvent event) {
        ensure();
    }

    /** Makes the partitions of this month and the next two, when they are missing. */
    @Scheduled(every = "24h", delayed = "1h", identity = "ledger-partitions")
    void ensure() {
        database.query("SELECT ensure_ledger_partitions()", Database.Binder.NOTHING, row -> row.getString(1));
    }
}
