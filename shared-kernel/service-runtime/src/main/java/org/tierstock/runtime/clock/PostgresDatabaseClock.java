package org.tierstock.runtime.clock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.tierstock.runtime.sql.Database;

/** Asks PostgreSQL. */
@ApplicationScoped
public class PostgresDatabaseClock implements DatabaseClock {
    private final Database database;

    @Inject
    public PostgresDatabaseClock(Database database) {
        this.database = database;
    }

    @Override
    public Instant now() {
        return database.query(
                        "SELECT now()",
                        Database.Binder.NOTHING,
                        row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .getFirst();
    }
}
