package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.application.port.Refusals;
import org.tierstock.runtime.sql.Database;

/** What warehouses refused and dispatch keeps back, in PostgreSQL. */
@ApplicationScoped
public class PostgresRefusals implements Refusals {
    private final Database database;

    @Inject
    public PostgresRefusals(Database database) {
        this.database = database;
    }

    /** Place by place through the index, however many refusals keep something back at each. */
    @Override
    public List<Place> places(Set<Integer> partitions) {
        return database.query(
                """
                WITH RECURSIVE p (warehouse, partition) AS (
                    (SELECT warehouse, partition FROM refusal WHERE held > 0 ORDER BY warehouse, partition LIMIT 1)
                    UNION ALL
                    SELECT r.* FROM p CROSS JOIN LATERAL (
                        SELECT r.warehouse, r.partition FROM refusal r
                        WHERE r.held > 0 AND (r.warehouse, r.partition) > (p.warehouse, p.partition)
                        ORDER BY r.warehouse, r.partition LIMIT 1) r
                )
                SELECT * FROM p WHERE partition = ANY (?)
                """,
                p -> p.integers(1, List.copyOf(partitions), n -> n),
                row -> new Place(row.getString("warehouse"), row.getInt("partition")));
    }

    @Override
    public List<KeptBack> due(Map<Place, Long> applied, int limit) {
        List<Map.Entry<Place, Long>> places = List.copyOf(applied.entrySet());
        return database.query(
                """
                SELECT r.outbound, r.sku FROM unnest(?::text[], ?::smallint[], ?::bigint[])
                                           AS a (warehouse, partition, applied)
                CROSS JOIN LATERAL (
                    SELECT * FROM refusal r
                    WHERE r.held > 0 AND r.warehouse = a.warehouse AND r.partition = a.partition
                      AND r.at_sequence <= a.applied
                    ORDER BY r.at_sequence LIMIT ?) r
                LIMIT ?
                """,
                p -> p.texts(1, places, place -> place.getKey().warehouse())
                        .integers(2, places, place -> place.getKey().partition())
                        .longs(3, places, Map.Entry::getValue)
                        .integer(4, limit)
                        .integer(5, limit),
                row -> new KeptBack(row.getString("outbound"), Rows.sku(row)));
    }
}
