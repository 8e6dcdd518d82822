package org.tierstock.runtime.ledger;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.tierstock.runtime.sql.Database;

/**
 * Says at the start, and once a day, when the role that the service works with owns the ledger too. Then the database refuses
 * a change of the ledger only as long as this role leaves it to: whoever has its password may take the refusal away.
 */
@ApplicationScoped
public class LedgerOwner {
    private static final Logger LOG = Logger.getLogger(LedgerOwner.class);

    private final Database database;

    @Inject
    public LedgerOwner(Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected LedgerOwner() {
        this(null);
    }

    @Scheduled(every = "24h", identity = "ledger-owner", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void warn() {
        unprotected().ifPresent(LOG::warn);
    }

    /** What the database does not protect from the role that the service works with; empty when all is as it should be. */
    Optional<String> unprotected() {
        return database.queryOne("""
                        SELECT current_user, pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class
                        WHERE oid = 'ledger'::regclass
                        """, Database.Binder.NOTHING, row -> row.getBoolean(2) ? row.getString(1) : "")
                .filter(owner -> !owner.isEmpty())
                .map(owner ->
                        "The service works with the role " + owner + ", which owns the tables: it may switch off the"
                                + " triggers that keep the ledger append-only, drop months of it, and change balances past their"
                                + " constraints. Give the tables an owner of their own (TIERSTOCK_PG_OWNER)");
    }
}
