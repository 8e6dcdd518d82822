package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.FairBatch;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Changed;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PeerJournal;

/** Cancellations and their lines in PostgreSQL. */
@Singleton
class PostgresCancellations implements Cancellations {
    static final String INSERT = """
            INSERT INTO cancellation (document, order_number, reason_code, content_hash)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
            """;
    static final String INSERT_LINES = """
            INSERT INTO cancellation_line (document, line, quantity, asked, done, refused)
            SELECT * FROM unnest(?::text[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
            """;

    private final Database database;
    private final Installation installation;

    @Inject
    PostgresCancellations(Database database, Installation installation) {
        this.database = database;
        this.installation = installation;
    }

    /** A line with its cancellation's document. */
    record LineOf(String document, Cancellation.Line line) {}

    @Override
    public Map<String, Cancellation> load(Collection<String> documents) {
        Map<String, List<Cancellation.Line>> lines = new HashMap<>();
        Map<String, Cancellation> cancellations = new HashMap<>();
        database.query(
                "SELECT document, order_number, reason_code, content_hash FROM cancellation WHERE document = ANY(?)",
                p -> p.texts(1, List.copyOf(documents)),
                row -> cancellations.put(
                        row.getString(1),
                        new Cancellation(
                                row.getString(1),
                                OrderNumber.parse(row.getString(2)),
                                row.getString(3),
                                row.getLong(4),
                                List.of())));
        if (cancellations.isEmpty()) {
            return cancellations;
        }
        database.query(
                """
                SELECT document, line, quantity, asked, done, refused, answer_epoch, answer_journal
                FROM cancellation_line
                WHERE document = ANY(?) ORDER BY document, line
                """,
                p -> p.texts(1, List.copyOf(documents)),
                row -> lines.computeIfAbsent(row.getString(1), document -> new ArrayList<>())
                        .add(new Cancellation.Line(
                                row.getInt(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                answeredBy(row))));
        cancellations.replaceAll(
                (document, cancellation) -> cancellation.withLines(lines.getOrDefault(document, List.of())));
        return cancellations;
    }

    @Override
    public void insert(List<Cancellation> cancellations) {
        database.updateExactly(cancellations.size(), INSERT, columns(cancellations));
        List<LineOf> lines = lines(cancellations);
        database.updateExactly(lines.size(), INSERT_LINES, columnsOfLines(lines));
        if (lines.stream().anyMatch(each -> each.line().asked() > 0)) {
            // Dispatch will know of this transaction by the cancel that it is asked for (protocol 11.8).
            installation.nextJournal();
        }
    }

    /** The parameters of {@link #INSERT}. */
    static Database.Binder columns(List<Cancellation> cancellations) {
        return p -> p.texts(1, cancellations, Cancellation::document)
                .texts(2, cancellations, cancellation -> cancellation.order().text())
                .texts(3, cancellations, Cancellation::reasonCode)
                .longs(4, cancellations, Cancellation::contentHash);
    }

    /** The parameters of {@link #INSERT_LINES}. */
    static Database.Binder columnsOfLines(List<LineOf> lines) {
        return p -> p.texts(1, lines, LineOf::document)
                .integers(2, lines, each -> each.line().line())
                .longs(3, lines, each -> each.line().quantity())
                .longs(4, lines, each -> each.line().asked())
                .longs(5, lines, each -> each.line().done())
                .longs(6, lines, each -> each.line().refused());
    }

    @Override
    public void update(Collection<Changed<Cancellation>> cancellations) {
        List<LineOf> lines = new ArrayList<>();
        for (Changed<Cancellation> cancellation : cancellations) {
            for (Cancellation.Line line : cancellation.after().changedSince(cancellation.before())) {
                lines.add(new LineOf(cancellation.after().document(), line));
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        database.updateExactly(
                lines.size(),
                """
                UPDATE cancellation_line l
                SET done = c.done, refused = c.refused, answer_epoch = c.answer_epoch, answer_journal = c.answer_journal
                FROM unnest(?::text[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                     AS c (document, line, done, refused, answer_epoch, answer_journal)
                WHERE l.document = c.document AND l.line = c.line
                """,
                p -> p.texts(1, lines, LineOf::document)
                        .integers(2, lines, each -> each.line().line())
                        .longs(3, lines, each -> each.line().done())
                        .longs(4, lines, each -> each.line().refused())
                        .nullableLongs(5, lines, each -> by(each.line(), PeerJournal::epoch))
                        .nullableLongs(6, lines, each -> by(each.line(), PeerJournal::journal)));
    }

    private static PeerJournal answeredBy(ResultSet row) throws SQLException {
        long epoch = row.getLong(7);
        return row.wasNull() ? null : new PeerJournal(epoch, row.getLong(8));
    }

    private static Long by(Cancellation.Line line, Function<PeerJournal, Long> number) {
        return line.by() == null ? null : number.apply(line.by());
    }

    static List<LineOf> lines(Collection<Cancellation> cancellations) {
        List<LineOf> lines = new ArrayList<>();
        for (Cancellation cancellation : cancellations) {
            for (Cancellation.Line line : cancellation.lines()) {
                lines.add(new LineOf(cancellation.document(), line));
            }
        }
        return lines;
    }

    @Override
    public List<Unanswered> unanswered(Set<Integer> partitions, int limit) {
        return FairBatch.of(
                limit, Unanswered::document, (without, most) -> unansweredOfOthers(partitions, without, most));
    }

    private List<Unanswered> unansweredOfOthers(Set<Integer> partitions, Set<String> without, int limit) {
        return database.query(
                """
                SELECT x.document, x.line, c.order_number, x.asked
                FROM cancellation_line x JOIN cancellation c USING (document)
                     JOIN sales_order o ON o.number = c.order_number
                     JOIN order_line l ON l.order_id = o.order_id AND l.line = x.line
                     JOIN stream_carried s ON s.stream = ? AND s.carrier = ? AND s.partition = l.partition
                WHERE x.asked > 0 AND x.answer_epoch IS NULL AND l.hand_over <= s.sequence AND l.partition = ANY(?)
                  AND x.document <> ALL(?)
                ORDER BY x.asked_at, x.document, x.line LIMIT ?
                """,
                p -> p.text(1, Streams.SALES_TO_DISPATCH)
                        .text(2, Carrier.CALL)
                        .integers(3, List.copyOf(partitions), Integer::intValue)
                        .texts(4, List.copyOf(without))
                        .integer(5, limit),
                row -> new Unanswered(
                        Cancellation.cancelOf(row.getString(1), row.getInt(2)),
                        row.getString(1),
                        OrderNumber.parse(row.getString(3)),
                        row.getInt(2),
                        row.getLong(4)));
    }
}
