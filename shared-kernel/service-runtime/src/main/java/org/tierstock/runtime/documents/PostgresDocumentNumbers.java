package org.tierstock.runtime.documents;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.sql.Database;

/** Takes the numbers from a sequence, which never waits for another transaction. */
@ApplicationScoped
public class PostgresDocumentNumbers implements DocumentNumbers {
    private final Database database;
    private final Installation installation;

    @Inject
    public PostgresDocumentNumbers(Database database, Installation installation) {
        this.database = database;
        this.installation = installation;
    }

    @Override
    public List<String> next(String prefix, int count) {
        if (count == 0) {
            return List.of();
        }
        String start = prefix + '-' + installation.epoch() + '-';
        return database.query(
                "SELECT nextval('document_number') FROM generate_series(1, ?) ORDER BY 1",
                p -> p.integer(1, count),
                row -> start + row.getLong(1));
    }
}
