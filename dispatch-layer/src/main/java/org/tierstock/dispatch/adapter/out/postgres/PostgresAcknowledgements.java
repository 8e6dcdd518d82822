package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.dispatch.application.port.Acknowledgements;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.sql.Database;

/** The acknowledged positions in PostgreSQL. */
@ApplicationScoped
class PostgresAcknowledgements implements Acknowledgements {
    private final Database database;

    @Inject
    PostgresAcknowledgements(Database database) {
        this.database = database;
    }

    @Override
    public void raise(List<AppliedPosition> applied) {
        database.update(
                """
                INSERT INTO stream_acknowledged (stream, partition, contiguous)
                SELECT stream, partition, max(contiguous)
                FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS a (stream, partition, contiguous)
                GROUP BY stream, partition
                ORDER BY stream, partition
                ON CONFLICT (stream, partition) DO UPDATE SET contiguous = excluded.contiguous
                WHERE stream_acknowledged.contiguous < excluded.contiguous
                """,
                p -> p.texts(1, applied, AppliedPosition::stream)
                        .longs(2, applied, AppliedPosition::partition)
                        .longs(3, applied, AppliedPosition::contiguous));
    }
}
