package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.runtime.purge.PurgedRows;
import org.tierstock.runtime.sql.Database;

/**
 * The outbounds that dispatch has finished with (protocol 11.7): their answers are asked for no more. Picks and shipments,
 * the documents of the warehouses' own systems, stay.
 */
@ApplicationScoped
public class PostgresOutboundPurge implements PurgedRows {
    private final Database database;

    @Inject
    public PostgresOutboundPurge(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "outbound";
    }

    @Override
    public int purge(int limit, long keepSeconds) {
        return purgeEffects(limit) + purgeOutbounds(limit, keepSeconds);
    }

    /** A cut below the floor of a stream is refused, so nothing at or below it is taken out of a position again. */
    private int purgeEffects(int limit) {
        return database.update("""
                DELETE FROM outbound_effect WHERE (stream, partition, sequence, outbound) IN (
                    SELECT e.stream, e.partition, e.sequence, e.outbound
                    FROM stream_floor f JOIN outbound_effect e
                      ON e.stream = f.stream AND e.partition = f.partition AND e.sequence <= f.sequence
                    WHERE f.side = 'SENT' LIMIT ?)
                """, p -> p.integer(1, limit));
    }

    private int purgeOutbounds(int limit, long keepSeconds) {
        // An outbound whose effects a cut may still lie before is needed to state its position there.
        return database.query(
                        """
                        WITH finished AS MATERIALIZED (
                            SELECT o.outbound
                            FROM stream_released r
                            CROSS JOIN LATERAL (
                                SELECT outbound, locked, stored_at FROM outbound
                                WHERE warehouse = substr(r.stream, 5) AND number <= r.sequence
                                ORDER BY number LIMIT ?) o
                            WHERE starts_with(r.stream, 'D>W:')
                              AND o.locked = 0 AND o.stored_at < now() - make_interval(secs => ?)
                              AND NOT EXISTS (SELECT FROM outbound_effect e WHERE e.outbound = o.outbound)
                            LIMIT ?
                        ), cancelled AS (
                            DELETE FROM outbound_cancellation c USING finished f WHERE c.outbound = f.outbound
                        ), gone AS (
                            DELETE FROM outbound o USING finished f WHERE o.outbound = f.outbound
                            RETURNING o.warehouse, o.number
                        ), low AS (
                            -- A number whose row is gone must answer STALE from when it goes; no other may, whatever was told.
                            INSERT INTO outbound_low (warehouse, low)
                            SELECT warehouse, max(number) FROM gone GROUP BY warehouse ORDER BY warehouse
                            ON CONFLICT (warehouse) DO UPDATE SET low = excluded.low
                            WHERE outbound_low.low < excluded.low
                        )
                        SELECT count(*) FROM gone
                        """, p -> p.integer(1, limit).number(2, keepSeconds).integer(3, limit), row -> row.getInt(1))
                .getFirst();
    }
}
