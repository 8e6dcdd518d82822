package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
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
        List<AppliedPosition> inOrder = applied.stream()
                .sorted(Comparator.comparing(AppliedPosition::stream).thenComparing(AppliedPosition::partition))
                .toList();
        database.update(
                """
                INSERT INTO stream_acknowledged (stream, partition, contiguous)
                SELECT * FROM unnest(?::text[], ?::smallint[], ?::bigint[])
                ON CONFLICT (stream, partition) DO UPDATE SET contiguous = excluded.contiguous
                WHERE stream_acknowledged.contiguous < excluded.contiguous
                """,
                p -> p.texts(1, inOrder, AppliedPosition::stream)
                        .longs(2, inOrder, AppliedPosition::partition)
                        .longs(3, inOrder, AppliedPosition::contiguous));
    }
}
