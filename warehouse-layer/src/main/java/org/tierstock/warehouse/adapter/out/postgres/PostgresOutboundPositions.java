package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;
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
    public List<Position> at(Range range, List<AppliedPosition> cut) {
        List<String> streams =
                range.warehouses().stream().map(Streams::fromWarehouse).toList();
        List<AppliedPosition> ofStreams = cut.stream()
                .filter(position -> streams.contains(position.stream()))
                .toList();
        Sql positions = new Sql("")
                .texts("""
                        WITH stream AS (
                            SELECT s.stream, p.partition::smallint AS partition
                            FROM unnest(?) AS s (stream)""", streams)
                .number(" CROSS JOIN generate_series(0, ?) AS p (partition)", Partitions.COUNT - 1L)
                .texts("""
                        ), applied AS MATERIALIZED (
                            SELECT stream, partition::smallint AS partition, contiguous::bigint AS contiguous,
                                   numbers::int8multirange AS numbers
                            FROM unnest(?""", ofStreams.stream().map(AppliedPosition::stream).toList())
                .texts(
                        ", ?",
                        ofStreams.stream()
                                .map(a -> Integer.toString(a.partition()))
                                .toList())
                .texts(
                        ", ?",
                        ofStreams.stream()
                                .map(a -> Long.toString(a.contiguous()))
                                .toList())
                .texts(", ?", ofStreams.stream().map(a -> a.numbers().text()).toList())
                .add("""
                        ) AS a (stream, partition, contiguous, numbers)
                        ), taken AS (
                            SELECT e.outbound, sum(e.quantity)::bigint AS quantity
                            FROM stream s LEFT JOIN applied a USING (stream, partition)
                            -- one range of the key after the other, and one outbound after the other below, whatever plan is
                            -- chosen: joined as tables, all that is kept would be read
                            CROSS JOIN LATERAL (
                                SELECT * FROM outbound_effect
                                WHERE stream = s.stream AND partition = s.partition
                                  AND sequence > coalesce(a.contiguous, 0)
                                OFFSET 0) e
                            WHERE NOT e.sequence <@ coalesce(a.numbers, '{}')
                            GROUP BY e.outbound
                        ), open AS (
                            SELECT outbound FROM outbound WHERE locked > 0""")
                .texts(" AND warehouse = ANY (?)", range.warehouses())
                .number(" AND number > ?", range.after())
                .number(" AND number <= ?", range.until())
                .add("""
                         UNION
                            SELECT outbound FROM taken
                        )
                        SELECT o.warehouse, o.outbound, o.locked + coalesce(t.quantity, 0) AS quantity
                        FROM open
                        CROSS JOIN LATERAL (SELECT * FROM outbound WHERE outbound = open.outbound LIMIT 1) o
                        LEFT JOIN taken t ON t.outbound = o.outbound
                        WHERE true""")
                .number(" AND o.number > ?", range.after())
                .number(" AND o.number <= ?", range.until());
        if (!range.sku().isEmpty()) {
            positions.text(" AND o.sku = ?", range.sku());
        }
        return database.query(
                positions.add(" ORDER BY o.outbound COLLATE \"C\""),
                row -> new Position(row.getString("warehouse"), row.getString("outbound"), row.getLong("quantity")));
    }
}
