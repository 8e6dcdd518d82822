package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineCancel;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.FairBatch;

/** The lines handed over, in PostgreSQL. */
@ApplicationScoped
public class PostgresDispatchLines implements DispatchLines {
    private final Database database;
    private final Installation installation;

    @Inject
    public PostgresDispatchLines(Database database, Installation installation) {
        this.database = database;
        this.installation = installation;
    }

    @Override
    public void insert(List<HandedOver> lines) {
        insertOrders(lines);
        database.updateExactly(
                lines.size(),
                """
                INSERT INTO dispatch_line (order_number, line, partition, order_rank, sku, channel, delivery_method,
                                           quality, ship_region, quantity, allocated, shipped, shortage, short_since,
                                           cancelled, open, asked)
                SELECT order_number, l.line, l.partition, d.rank, l.sku, l.channel, l.delivery_method, l.quality,
                       l.ship_region, l.quantity, l.allocated, 0, l.shortage,
                       CASE WHEN l.shortage > 0 THEN now() END, 0, 0, 0
                FROM unnest(?::text[], ?::integer[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::text[], ?::bigint[], ?::bigint[], ?::bigint[]) WITH ORDINALITY
                  AS l (order_number, line, partition, sku, channel, delivery_method, quality, ship_region, quantity,
                        allocated, shortage, place)
                JOIN dispatch_order d USING (order_number)
                ORDER BY place
                """,
                p -> Rows.bindLines(p, 1, lines, line -> line.line().number())
                        .integers(3, lines, line -> line.line().key().sku().partition())
                        .texts(4, lines, line -> line.line().key().sku().code())
                        .texts(5, lines, line -> line.line().key().channel())
                        .texts(6, lines, line -> line.line().key().deliveryMethod())
                        .texts(7, lines, line -> line.line().key().quality().name())
                        .texts(8, lines, line -> line.line().key().shipRegion())
                        .longs(9, lines, line -> line.line().quantity())
                        .longs(10, lines, line -> line.line().allocated())
                        .longs(11, lines, line -> line.line().shortage()));
        markShort(lines.stream().map(HandedOver::line));
    }

    private void markShort(Stream<DispatchLine> lines) {
        PostgresStockRows.markInNeed(
                database,
                lines.filter(line -> line.shortage() > 0)
                        .map(line -> line.key().sku())
                        .collect(Collectors.toSet()));
    }

    private void insertOrders(List<HandedOver> lines) {
        Map<String, HandOver> byOrder = new LinkedHashMap<>();
        lines.forEach(line -> byOrder.putIfAbsent(line.handOver().order(), line.handOver()));
        List<HandOver> orders = List.copyOf(byOrder.values());
        database.update(
                """
                INSERT INTO dispatch_order (order_number, ship_region, delivery_method, address_reference, trace_parent)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                ON CONFLICT (order_number) DO NOTHING
                """,
                p -> p.texts(1, orders, HandOver::order)
                        .texts(2, orders, HandOver::shipRegion)
                        .texts(3, orders, HandOver::deliveryMethod)
                        .texts(4, orders, HandOver::addressReference)
                        .texts(5, orders, HandOver::traceParent));
    }

    @Override
    public Map<LineNumber, Sku> skus(Collection<LineNumber> numbers) {
        Map<LineNumber, Sku> skus = new HashMap<>();
        if (!numbers.isEmpty()) {
            List<LineNumber> asked = List.copyOf(numbers);
            database.query(
                    """
                    SELECT order_number, line, sku FROM dispatch_line
                    JOIN unnest(?::text[], ?::integer[]) AS n (order_number, line) USING (order_number, line)
                    """,
                    p -> Rows.bindLines(p, 1, asked, number -> number),
                    row -> skus.put(Rows.lineNumber(row), Rows.sku(row)));
        }
        return skus;
    }

    @Override
    public Map<LineNumber, LineInHand> find(Collection<LineNumber> numbers) {
        if (numbers.isEmpty()) {
            return new HashMap<>();
        }
        List<LineNumber> asked = List.copyOf(numbers);
        return inHand(
                database.query("""
                SELECT dispatch_line.* FROM dispatch_line
                JOIN unnest(?::text[], ?::integer[]) AS n (order_number, line) USING (order_number, line)
                """, p -> Rows.bindLines(p, 1, asked, number -> number), PostgresDispatchLines::line));
    }

    /** Key by key through the index: however many lines of a key are short, one of them is read. */
    @Override
    public Set<ChannelKey> shortKeys(Collection<Sku> skus) {
        return Set.copyOf(database.query("""
                WITH RECURSIVE k (sku, channel, delivery_method, quality, ship_region) AS (
                    SELECT l.* FROM unnest(?::text[]) AS s (sku)
                    CROSS JOIN LATERAL (
                        SELECT d.sku, d.channel, d.delivery_method, d.quality, d.ship_region FROM dispatch_line d
                        WHERE d.sku = s.sku AND d.shortage > 0
                        ORDER BY d.channel, d.delivery_method, d.quality, d.ship_region LIMIT 1) l
                    UNION ALL
                    SELECT l.* FROM k
                    CROSS JOIN LATERAL (
                        SELECT d.sku, d.channel, d.delivery_method, d.quality, d.ship_region FROM dispatch_line d
                        WHERE d.sku = k.sku AND d.shortage > 0
                          AND (d.channel, d.delivery_method, d.quality, d.ship_region)
                              > (k.channel, k.delivery_method, k.quality, k.ship_region)
                        ORDER BY d.channel, d.delivery_method, d.quality, d.ship_region LIMIT 1) l
                )
                SELECT * FROM k
                """, p -> p.texts(1, List.copyOf(skus), Sku::code), Rows::channelKey));
    }

    @Override
    public List<LineInHand> waiting(Collection<ChannelKey> keys, int limitPerSku) {
        List<ChannelKey> served = List.copyOf(keys);
        return List.copyOf(inHand(database.query(
                        """
                        SELECT ranked.* FROM (
                            SELECT l.*, row_number() OVER (PARTITION BY l.sku ORDER BY l.rank) AS place
                            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                              AS k (sku, channel, delivery_method, quality, ship_region)
                            CROSS JOIN LATERAL (
                                SELECT * FROM dispatch_line d
                                WHERE d.sku = k.sku AND d.channel = k.channel AND d.delivery_method = k.delivery_method
                                  AND d.quality = k.quality AND d.ship_region = k.ship_region AND d.shortage > 0
                                ORDER BY d.rank LIMIT ?) l) ranked
                        WHERE place <= ? ORDER BY rank
                        """,
                        p -> p.texts(1, served, key -> key.sku().code())
                                .texts(2, served, ChannelKey::channel)
                                .texts(3, served, ChannelKey::deliveryMethod)
                                .texts(4, served, key -> key.quality().name())
                                .texts(5, served, ChannelKey::shipRegion)
                                .integer(6, limitPerSku)
                                .integer(7, limitPerSku),
                        PostgresDispatchLines::line))
                .values());
    }

    private Map<LineNumber, LineInHand> inHand(List<DispatchLine> lines) {
        List<LineNumber> cancelled = lines.stream()
                .filter(line -> line.open() > 0)
                .map(DispatchLine::number)
                .toList();
        Map<LineNumber, List<LineCancel>> cancels = new HashMap<>();
        if (!cancelled.isEmpty()) {
            database.query("""
                            SELECT order_number, line, cancel, accepted, done, refused, asker_epoch, asker_journal FROM line_cancel
                            JOIN unnest(?::text[], ?::integer[]) AS n (order_number, line) USING (order_number, line)
                            WHERE done + refused < accepted
                            ORDER BY rank
                            """, p -> Rows.bindLines(p, 1, cancelled, number -> number), PostgresDispatchLines::cancel)
                    .forEach(cancel -> cancels.computeIfAbsent(cancel.line(), line -> new ArrayList<>())
                            .add(cancel));
        }
        Map<LineNumber, LineInHand> inHand = new LinkedHashMap<>();
        for (DispatchLine line : lines) {
            inHand.put(line.number(), new LineInHand(line, cancels.getOrDefault(line.number(), List.of())));
        }
        return inHand;
    }

    @Override
    public List<LineCancel> cancels(Collection<LineNumber> lines, Collection<String> cancels) {
        if (lines.isEmpty()) {
            return List.of();
        }
        List<LineNumber> asked = List.copyOf(lines);
        return database.query(
                """
                SELECT order_number, line, cancel, accepted, done, refused, asker_epoch, asker_journal FROM line_cancel
                JOIN unnest(?::text[], ?::integer[]) AS n (order_number, line) USING (order_number, line)
                WHERE cancel = ANY (?)
                """,
                p -> Rows.bindLines(p, 1, asked, number -> number).texts(3, List.copyOf(cancels)),
                PostgresDispatchLines::cancel);
    }

    @Override
    public Set<LineNumber> givenUp(Collection<LineNumber> unknown) {
        if (unknown.isEmpty()) {
            return Set.of();
        }
        List<LineNumber> asked = List.copyOf(unknown);
        return Set.copyOf(database.query("""
                SELECT order_number, line FROM unnest(?::text[], ?::integer[]) AS n (order_number, line)
                WHERE EXISTS (SELECT FROM parked_message p
                              -- by its way: its type may be what nobody could read
                              WHERE p.given_up AND p.queue = 'hand-over' AND p.document = n.order_number || '/' || n.line)
                """, p -> Rows.bindLines(p, 1, asked, number -> number), Rows::lineNumber));
    }

    @Override
    public void save(Collection<LineInHand> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<DispatchLine> lines = changed.stream().map(LineInHand::line).toList();
        database.updateExactly(
                lines.size(),
                """
                UPDATE dispatch_line l
                SET allocated = c.allocated, shipped = c.shipped, shortage = c.shortage,
                    short_since = CASE WHEN c.shortage > 0 THEN coalesce(l.short_since, now()) END,
                    cancelled = c.cancelled, open = c.open, asked = c.asked
                FROM unnest(?::text[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                            ?::bigint[])
                  AS c (order_number, line, allocated, shipped, shortage, cancelled, open, asked)
                WHERE l.order_number = c.order_number AND l.line = c.line
                """,
                p -> Rows.bindLines(p, 1, lines, DispatchLine::number)
                        .longs(3, lines, DispatchLine::allocated)
                        .longs(4, lines, DispatchLine::shipped)
                        .longs(5, lines, DispatchLine::shortage)
                        .longs(6, lines, DispatchLine::cancelled)
                        .longs(7, lines, DispatchLine::open)
                        .longs(8, lines, DispatchLine::asked));
        markShort(lines.stream());
        saveCancels(changed);
    }

    private void saveCancels(Collection<LineInHand> changed) {
        record Stored(LineCancel cancel, Sku sku) {}
        List<Stored> cancels = changed.stream()
                .flatMap(line -> line.cancels().stream()
                        .map(cancel -> new Stored(cancel, line.line().key().sku())))
                .toList();
        if (cancels.isEmpty()) {
            return;
        }
        database.updateExactly(
                cancels.size(),
                """
                INSERT INTO line_cancel (order_number, line, cancel, partition, accepted, done, refused, asker_epoch,
                                         asker_journal, sheet)
                SELECT order_number, line, cancel, partition, accepted, done, refused, asker_epoch, asker_journal, sheet
                FROM unnest(?::text[], ?::integer[], ?::text[], ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[],
                            ?::bigint[], ?::bigint[], ?::text[]) WITH ORDINALITY
                  AS c (order_number, line, cancel, partition, accepted, done, refused, asker_epoch, asker_journal,
                        sheet, place)
                ORDER BY place
                ON CONFLICT (order_number, line, cancel) DO UPDATE SET done = excluded.done, refused = excluded.refused
                """,
                p -> Rows.bindLines(p, 1, cancels, stored -> stored.cancel().line())
                        .texts(3, cancels, stored -> stored.cancel().cancel())
                        .integers(4, cancels, stored -> stored.sku().partition())
                        .longs(5, cancels, stored -> stored.cancel().accepted())
                        .longs(6, cancels, stored -> stored.cancel().done())
                        .longs(7, cancels, stored -> stored.cancel().refused())
                        .longs(8, cancels, stored -> stored.cancel().asker().epoch())
                        .longs(9, cancels, stored -> stored.cancel().asker().journal())
                        .texts(10, cancels, stored -> stored.cancel().sheet()));
        // The answer to sales depends on this transaction, so it must have a number (protocol 11.8).
        installation.nextJournal();
    }

    @Override
    public List<LineNumber> wantingRelease(Set<Integer> partitions, int limit) {
        return FairBatch.of(
                limit, LineNumber::order, (without, most) -> wantingReleaseOfOthers(partitions, without, most));
    }

    private List<LineNumber> wantingReleaseOfOthers(Set<Integer> partitions, Set<String> without, int limit) {
        return database.query(
                """
                SELECT order_number, line FROM dispatch_line l
                WHERE open > asked AND partition = ANY (?) AND order_number <> ALL (?)
                  AND EXISTS (SELECT FROM outbound o
                              WHERE o.order_number = l.order_number AND o.order_line = l.line AND o.state = 'ANSWERED'
                                AND o.release IS NULL AND NOT o.barred
                                AND o.refused + o.shipped + o.lost + o.cancelled < o.quantity)
                ORDER BY rank LIMIT ?
                """,
                p -> p.integers(1, List.copyOf(partitions), n -> n)
                        .texts(2, List.copyOf(without))
                        .integer(3, limit),
                Rows::lineNumber);
    }

    static DispatchLine line(ResultSet row) throws SQLException {
        return new DispatchLine(
                Rows.lineNumber(row),
                Rows.channelKey(row),
                row.getLong("quantity"),
                row.getLong("allocated"),
                row.getLong("shipped"),
                row.getLong("shortage"),
                row.getLong("cancelled"),
                row.getLong("open"),
                row.getLong("asked"));
    }

    /** Without its sheet, which is large, was written once, and is read by sales alone. */
    private static LineCancel cancel(ResultSet row) throws SQLException {
        return new LineCancel(
                row.getString("cancel"),
                Rows.lineNumber(row),
                row.getLong("accepted"),
                row.getLong("done"),
                row.getLong("refused"),
                new PeerJournal(row.getLong("asker_epoch"), row.getLong("asker_journal")),
                "");
    }
}
