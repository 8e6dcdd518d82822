package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.port.OutboundPositions;

/** What is locked for outbounds at a cut, in PostgreSQL: one statement, so one snapshot. */
@ApplicationScoped
class PostgresOutboundPositions implements OutboundPositions {
    private final Database database;

    @Inject
    PostgresOutboundPositions(@Reads Database database) {
        this.database = database;
    }

    @Override
    public List<Position> at(String warehouse, List<AppliedPosition> cut) {
        String stream = Streams.fromWarehouse(warehouse);
        List<AppliedPosition> ofStream = cut.stream()
                .filter(position -> position.stream().equals(stream))
                .toList();
        return database.query(
                """
                WITH cut AS MATERIALIZED (
                    SELECT partition, contiguous, numbers::int8multirange AS numbers
                    FROM unnest(?::smallint[], ?::bigint[], ?::text[]) AS c (partition, contiguous, numbers)
                ), taken AS (
                    SELECT e.outbound, sum(e.quantity)::bigint AS quantity
                    FROM outbound_effect e
                    LEFT JOIN cut c USING (partition)
                    WHERE e.stream = ? AND e.sequence > coalesce(c.contiguous, 0)
                      AND NOT e.sequence <@ coalesce(c.numbers, '{}')
                    GROUP BY e.outbound
                ), open AS (
                    SELECT outbound FROM outbound WHERE warehouse = ? AND locked > 0
                    UNION
                    SELECT outbound FROM taken
                )
                SELECT o.outbound, o.locked + coalesce(t.quantity, 0) AS quantity
                FROM open JOIN outbound o USING (outbound) LEFT JOIN taken t USING (outbound)
                ORDER BY o.outbound COLLATE "C"
                """,
                p -> p.longs(1, ofStream, AppliedPosition::partition)
                        .longs(2, ofStream, AppliedPosition::contiguous)
                        .texts(3, ofStream, position -> position.numbers().text())
                        .text(4, stream)
                        .text(5, warehouse),
                row -> new Position(row.getString("outbound"), row.getLong("quantity")));
    }
}
