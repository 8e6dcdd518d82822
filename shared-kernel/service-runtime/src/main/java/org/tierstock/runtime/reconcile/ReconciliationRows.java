package org.tierstock.runtime.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.sql.Database;

/** Keeps the results of reconciliations. */
@ApplicationScoped
public class ReconciliationRows {
    /** The most differences that are kept of one reconciliation. */
    static final int MAX_DIFFERENCES = 1000;

    private static final int MAX_EXPLAINED = 100;

    private static final String COLUMNS =
            "SELECT number, peer, finished_at, keys, difference_count, run_id FROM reconciliation";

    /** One scope's result. */
    record Compared(Cut cut, Comparison comparison) {}

    private record Row(long runId, Reconciliation summary) {}

    private final Database database;
    private final DocumentNumbers numbers;
    private final DocumentsAround documentsAround;

    @Inject
    public ReconciliationRows(Database database, DocumentNumbers numbers, DocumentsAround documentsAround) {
        this.database = database;
        this.numbers = numbers;
        this.documentsAround = documentsAround;
    }

    /** For the container's proxy. */
    protected ReconciliationRows() {
        this(null, null, null);
    }

    /** Stores a result, with the cut of every scope. */
    @Transactional
    Reconciliation store(String peer, Map<String, Compared> byScope) {
        List<Reconciliation.Difference> differences = new ArrayList<>();
        long keys = 0;
        for (Map.Entry<String, Compared> scope : byScope.entrySet()) {
            keys += scope.getValue().comparison().keys();
            scope.getValue().comparison().differences().stream()
                    .map(d -> new Reconciliation.Difference(scope.getKey(), d.key(), d.here(), d.there(), List.of()))
                    .forEach(differences::add);
        }
        String number = numbers.next("RC", 1).getFirst();
        long keyCount = keys;
        database.updateExactly(
                1,
                "INSERT INTO reconciliation (number, peer, keys, difference_count) VALUES (?, ?, ?, ?)",
                p -> p.text(1, number).text(2, peer).number(3, keyCount).number(4, differences.size()));
        byScope.forEach(
                (scope, compared) -> storeCut(number, scope, compared.cut().applied()));
        storeDifferences(number, differences.subList(0, Math.min(MAX_DIFFERENCES, differences.size())));
        return find(number).orElseThrow();
    }

    private void storeCut(String number, String scope, List<AppliedPosition> cut) {
        database.update(
                """
                INSERT INTO reconciliation_cut (number, scope, stream, partition, contiguous, beyond_count)
                SELECT ?, ?, * FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bigint[])
                """,
                p -> p.text(1, number)
                        .text(2, scope)
                        .texts(3, cut, AppliedPosition::stream)
                        .longs(4, cut, AppliedPosition::partition)
                        .longs(5, cut, AppliedPosition::contiguous)
                        .longs(6, cut, position -> position.beyond().count()));
    }

    private void storeDifferences(String number, List<Reconciliation.Difference> differences) {
        database.updateExactly(
                differences.size(),
                """
                INSERT INTO reconciliation_difference (number, scope, key, here, there)
                SELECT ?, * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])
                """,
                p -> p.text(1, number)
                        .texts(2, differences, Reconciliation.Difference::scope)
                        .texts(3, differences, Reconciliation.Difference::key)
                        .longs(4, differences, Reconciliation.Difference::here)
                        .longs(5, differences, Reconciliation.Difference::there));
    }

    /** A reconciliation with its differences. */
    @Transactional
    Optional<Reconciliation> find(String number) {
        return database.queryOne(COLUMNS + " WHERE number = ?", p -> p.text(1, number), ReconciliationRows::row)
                .map(row -> withDifferences(row.summary()));
    }

    private Reconciliation withDifferences(Reconciliation summary) {
        List<Reconciliation.Difference> differences = differences(summary.number());
        if (!differences.isEmpty()) {
            List<String> keys = differences.stream()
                    .map(Reconciliation.Difference::key)
                    .limit(MAX_EXPLAINED)
                    .toList();
            Map<String, List<Reconciliation.Document>> documents = documentsAround.of(keys);
            differences = differences.stream()
                    .map(d -> new Reconciliation.Difference(
                            d.scope(), d.key(), d.here(), d.there(), documents.getOrDefault(d.key(), List.of())))
                    .toList();
        }
        return new Reconciliation(
                summary.number(),
                summary.peer(),
                summary.finishedAt(),
                summary.keys(),
                summary.differenceCount(),
                differences);
    }

    private List<Reconciliation.Difference> differences(String number) {
        return database.query(
                "SELECT scope, key, here, there FROM reconciliation_difference WHERE number = ? ORDER BY scope, key",
                p -> p.text(1, number),
                row -> new Reconciliation.Difference(
                        row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), List.of()));
    }

    /** A page of results without their differences, newest first. */
    Page<Reconciliation> page(Cursor after, Limit limit) {
        List<Row> rows = database.query(
                COLUMNS + " WHERE run_id < ? ORDER BY run_id DESC LIMIT ?",
                p -> p.number(1, after == null ? Long.MAX_VALUE : after.number(0))
                        .integer(2, limit.plusOne()),
                ReconciliationRows::row);
        return Page.of(rows, limit, last -> Cursor.of(last.runId())).map(Row::summary);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(6),
                new Reconciliation(
                        row.getString(1),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getLong(4),
                        row.getLong(5),
                        null));
    }

    /** True for one replica in that time: it is the one to run the scheduled reconciliation. */
    @Transactional
    boolean takeTurn(Duration turn) {
        return database.update("""
                        INSERT INTO reconciliation_turn (until) VALUES (now() + make_interval(secs => ?))
                        ON CONFLICT (only_row) DO UPDATE SET until = excluded.until
                        -- another replica has not had this turn
                        WHERE reconciliation_turn.until <= now()
                        """, p -> p.number(1, turn.toSeconds())) == 1;
    }
}
