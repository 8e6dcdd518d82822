package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.sql.Database;

/** What warehouses are asked to ship, in PostgreSQL. */
@ApplicationScoped
public class PostgresOutbounds implements Outbounds {
    private final Database database;
    private final Installation installation;

    @Inject
    public PostgresOutbounds(Database database, Installation installation) {
        this.database = database;
        this.installation = installation;
    }

    @Override
    public void insert(List<Outbound> outbounds) {
        List<Outbound> numbered = numbered(outbounds);
        database.updateExactly(numbered.size(), """
                INSERT INTO outbound (sku, partition, node, virtual_warehouse, owner, quality, outbound, number,
                                      order_number, order_line, warehouse, quantity, state)
                SELECT sku, partition, node, virtual_warehouse, owner, quality, outbound, number, order_number,
                       order_line, warehouse, quantity, 'REQUESTED'
                FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                            ?::text[], ?::integer[], ?::text[], ?::bigint[]) WITH ORDINALITY
                  AS o (sku, partition, node, virtual_warehouse, owner, quality, outbound, number, order_number,
                        order_line, warehouse, quantity, place)
                ORDER BY place
                """, p -> {
            Rows.bindCells(p, 1, numbered, Outbound::cell)
                    .texts(7, numbered, Outbound::id)
                    .longs(8, numbered, Outbound::number);
            Rows.bindLines(p, 9, numbered, Outbound::line)
                    .texts(11, numbered, Outbound::warehouse)
                    .longs(12, numbered, Outbound::quantity);
        });
        // A warehouse will know of this transaction by the lock that it is asked for (protocol 11.8).
        installation.nextJournal();
    }

    /** In the order of warehouses, so that two postings never wait for each other in a circle. */
    private List<Outbound> numbered(List<Outbound> outbounds) {
        Map<String, Long> wanted = new TreeMap<>();
        outbounds.forEach(outbound -> wanted.merge(outbound.warehouse(), 1L, Long::sum));
        List<Map.Entry<String, Long>> counters = List.copyOf(wanted.entrySet());
        Map<String, Long> next = new HashMap<>();
        database.query(
                """
                INSERT INTO outbound_counter (warehouse, number)
                SELECT warehouse, wanted FROM unnest(?::text[], ?::bigint[]) AS w (warehouse, wanted) ORDER BY warehouse
                ON CONFLICT (warehouse) DO UPDATE SET number = outbound_counter.number + excluded.number
                RETURNING warehouse, number
                """, p -> p.texts(1, counters, Map.Entry::getKey).longs(2, counters, Map.Entry::getValue), row -> {
                    String warehouse = row.getString("warehouse");
                    return next.put(warehouse, row.getLong("number") - wanted.get(warehouse));
                });
        List<Outbound> numbered = new ArrayList<>(outbounds.size());
        for (Outbound outbound : outbounds) {
            numbered.add(outbound.numbered(next.merge(outbound.warehouse(), 1L, Long::sum)));
        }
        return numbered;
    }

    @Override
    public Map<String, Sku> skus(Collection<String> ids) {
        Map<String, Sku> skus = new HashMap<>();
        if (!ids.isEmpty()) {
            database.query(
                    "SELECT outbound, sku FROM outbound WHERE outbound = ANY (?)",
                    p -> p.texts(1, List.copyOf(ids)),
                    row -> skus.put(row.getString("outbound"), Rows.sku(row)));
        }
        return skus;
    }

    @Override
    public Map<String, Outbound> find(Collection<String> ids) {
        Map<String, Outbound> found = new HashMap<>();
        if (!ids.isEmpty()) {
            database.query(
                            "SELECT * FROM outbound WHERE outbound = ANY (?)",
                            p -> p.texts(1, List.copyOf(ids)),
                            PostgresOutbounds::outbound)
                    .forEach(outbound -> found.put(outbound.id(), outbound));
        }
        return found;
    }

    @Override
    public Optional<Parcel> parcel(String id) {
        return database.queryOne("""
                SELECT o.*, d.ship_region, d.delivery_method, d.address_reference, d.trace_parent
                FROM outbound o JOIN dispatch_order d USING (order_number) WHERE o.outbound = ?
                """, p -> p.text(1, id), PostgresOutbounds::parcel);
    }

    @Override
    public List<Outbound> releasable(Collection<LineNumber> lines) {
        List<LineNumber> asked = List.copyOf(lines);
        return database
                .query("""
                        SELECT o.* FROM outbound o
                        JOIN unnest(?::text[], ?::integer[]) AS n (order_number, line)
                          ON n.order_number = o.order_number AND n.line = o.order_line
                        WHERE o.state = 'ANSWERED' AND o.release IS NULL AND NOT o.barred
                        ORDER BY o.rank
                        """, p -> Rows.bindLines(p, 1, asked, number -> number), PostgresOutbounds::outbound)
                .stream()
                .filter(Outbound::releasable)
                .toList();
    }

    @Override
    public void save(Collection<Outbound> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<Outbound> outbounds = List.copyOf(changed);
        database.updateExactly(
                outbounds.size(),
                """
                UPDATE outbound o
                SET state = c.state, refused = c.refused, shipped = c.shipped, lost = c.lost, cancelled = c.cancelled,
                    barred = c.barred::boolean, release = c.release, release_quantity = c.release_quantity,
                    release_asked_at = CASE WHEN c.release = o.release THEN o.release_asked_at
                                            WHEN c.release IS NOT NULL THEN now() END,
                    answerer_epoch = c.answerer_epoch, answerer_journal = c.answerer_journal
                FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[],
                            ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
                  AS c (outbound, state, refused, shipped, lost, cancelled, barred, release, release_quantity,
                        answerer_epoch, answerer_journal)
                WHERE o.outbound = c.outbound
                """,
                p -> p.texts(1, outbounds, Outbound::id)
                        .texts(2, outbounds, outbound -> outbound.state().name())
                        .longs(3, outbounds, Outbound::refused)
                        .longs(4, outbounds, Outbound::shipped)
                        .longs(5, outbounds, Outbound::lost)
                        .longs(6, outbounds, Outbound::cancelled)
                        .texts(7, outbounds, outbound -> Boolean.toString(outbound.barred()))
                        .texts(
                                8,
                                outbounds,
                                outbound -> outbound.release() == null
                                        ? null
                                        : outbound.release().request())
                        .nullableLongs(
                                9,
                                outbounds,
                                outbound -> outbound.release() == null
                                        ? null
                                        : (Long) outbound.release().quantity())
                        .nullableLongs(
                                10,
                                outbounds,
                                outbound -> outbound.answerer() == null
                                        ? null
                                        : (Long) outbound.answerer().epoch())
                        .nullableLongs(
                                11,
                                outbounds,
                                outbound -> outbound.answerer() == null
                                        ? null
                                        : (Long) outbound.answerer().journal()));
        if (outbounds.stream().anyMatch(outbound -> outbound.release() != null)) {
            // A warehouse will know of this transaction by the release that it is asked for (protocol 11.8).
            installation.nextJournal();
        }
    }

    @Override
    public List<Parcel> unanswered(Set<Integer> partitions, int limit) {
        return database.query(
                """
                WITH RECURSIVE w (warehouse) AS (
                    SELECT min(warehouse) FROM outbound WHERE state = 'REQUESTED'
                    UNION ALL
                    SELECT (SELECT min(warehouse) FROM outbound WHERE state = 'REQUESTED' AND warehouse > w.warehouse)
                    FROM w WHERE warehouse IS NOT NULL
                )
                SELECT o.*, d.ship_region, d.delivery_method, d.address_reference, d.trace_parent
                FROM w CROSS JOIN LATERAL (
                    SELECT * FROM outbound
                    WHERE warehouse = w.warehouse AND state = 'REQUESTED' AND partition = ANY (?) AND retry_after <= now()
                    ORDER BY rank LIMIT ?) o
                -- one look each: joined as tables, all orders would be read under a generic plan
                CROSS JOIN LATERAL (SELECT * FROM dispatch_order WHERE order_number = o.order_number LIMIT 1) d
                ORDER BY o.rank
                """, p -> p.integers(1, List.copyOf(partitions), n -> n).integer(2, limit), PostgresOutbounds::parcel);
    }

    private static Parcel parcel(ResultSet row) throws SQLException {
        return new Parcel(
                outbound(row),
                row.getString("ship_region"),
                row.getString("delivery_method"),
                row.getString("address_reference"),
                row.getString("trace_parent"));
    }

    @Override
    public List<Outbound> unreleased(Set<Integer> partitions, int limit) {
        return database.query(
                """
                WITH RECURSIVE w (warehouse) AS (
                    SELECT min(warehouse) FROM outbound WHERE release IS NOT NULL
                    UNION ALL
                    SELECT (SELECT min(warehouse) FROM outbound WHERE release IS NOT NULL AND warehouse > w.warehouse)
                    FROM w WHERE warehouse IS NOT NULL
                )
                SELECT o.* FROM w CROSS JOIN LATERAL (
                    SELECT * FROM outbound
                    WHERE warehouse = w.warehouse AND release IS NOT NULL AND partition = ANY (?) AND retry_after <= now()
                    ORDER BY rank LIMIT ?) o
                ORDER BY o.rank
                """,
                p -> p.integers(1, List.copyOf(partitions), n -> n).integer(2, limit),
                PostgresOutbounds::outbound);
    }

    @Override
    public void postpone(Collection<String> ids, int seconds) {
        database.update(
                "UPDATE outbound SET retry_after = now() + make_interval(secs => ?) WHERE outbound = ANY (?)",
                p -> p.integer(1, seconds).texts(2, List.copyOf(ids)));
    }

    @Override
    public Map<String, Long> low(Collection<String> warehouses) {
        Map<String, Long> low = new HashMap<>();
        database.query(
                """
                SELECT c.warehouse, coalesce(f.number - 1, c.number) AS low
                FROM outbound_counter c
                LEFT JOIN LATERAL (
                    SELECT o.number FROM outbound o
                    WHERE o.warehouse = c.warehouse
                      AND (o.state = 'REQUESTED' OR o.release IS NOT NULL
                           OR o.refused + o.shipped + o.lost + o.cancelled < o.quantity)
                    ORDER BY o.number LIMIT 1) f ON true
                WHERE c.warehouse = ANY (?)
                """,
                p -> p.texts(1, List.copyOf(warehouses)),
                row -> low.put(row.getString("warehouse"), row.getLong("low")));
        return low;
    }

    static Outbound outbound(ResultSet row) throws SQLException {
        String release = row.getString("release");
        Long answererEpoch = row.getObject("answerer_epoch", Long.class);
        return new Outbound(
                row.getString("outbound"),
                row.getLong("number"),
                new LineNumber(row.getString("order_number"), row.getInt("order_line")),
                Rows.cell(row),
                row.getString("warehouse"),
                row.getLong("quantity"),
                Outbound.State.valueOf(row.getString("state")),
                row.getLong("refused"),
                row.getLong("shipped"),
                row.getLong("lost"),
                row.getLong("cancelled"),
                row.getBoolean("barred"),
                release == null ? null : new Outbound.Release(release, row.getLong("release_quantity")),
                answererEpoch == null ? null : new PeerJournal(answererEpoch, row.getLong("answerer_journal")));
    }
}
