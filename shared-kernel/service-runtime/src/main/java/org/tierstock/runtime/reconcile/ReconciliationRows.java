package org.tierstock.runtime.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.runtime.check.Check;
import org.tierstock.runtime.check.CheckRun;
import org.tierstock.runtime.check.CheckRuns;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Keeps the results of reconciliations. */
@ApplicationScoped
public class ReconciliationRows {
    /** The most differences that are kept of one reconciliation. */
    static final int MAX_DIFFERENCES = 1000;

    /** A run's result in short. */
    private record Found(String number, long differenceCount) {}

    private final Database database;
    private final Database reads;
    private final CheckRuns runs;
    private final String peer;

    @Inject
    public ReconciliationRows(
            Database database, @Reads Database reads, CheckRuns runs, Instance<Reconciler> reconciler) {
        this(database, reads, runs, reconciler.isResolvable() ? reconciler.get().peer() : "");
    }

    /** Those of reconciliations with this peer. */
    ReconciliationRows(Database database, Database reads, CheckRuns runs, String peer) {
        this.database = database;
        this.reads = reads;
        this.runs = runs;
        this.peer = peer;
    }

    /** For the container's proxy. */
    protected ReconciliationRows() {
        this(null, null, null, "");
    }

    /** Stores what a run has found, with the documents around the keys that differ. */
    void store(String number, Compared result, Map<String, List<Reconciliation.Document>> around) {
        database.updateExactly(
                1,
                "INSERT INTO reconciliation (number, peer, difference_count) VALUES (?, ?, ?)",
                p -> p.text(1, number).text(2, peer).number(3, result.differenceCount()));
        result.cuts().forEach((scope, cut) -> storeCut(number, scope, cut));
        List<Comparison.Difference> differences = result.differences();
        database.updateExactly(
                differences.size(),
                """
                INSERT INTO reconciliation_difference (number, scope, key, here, there)
                SELECT ?, * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[])
                """,
                p -> p.text(1, number)
                        .texts(2, differences, Comparison.Difference::scope)
                        .texts(3, differences, Comparison.Difference::key)
                        .longs(4, differences, Comparison.Difference::here)
                        .longs(5, differences, Comparison.Difference::there));
        storeDocuments(number, around);
    }

    private void storeDocuments(String number, Map<String, List<Reconciliation.Document>> around) {
        List<DocumentOfKey> documents = around.entrySet().stream()
                .flatMap(of -> of.getValue().stream().map(document -> new DocumentOfKey(of.getKey(), document)))
                .toList();
        database.updateExactly(
                documents.size(),
                """
                INSERT INTO reconciliation_document (number, place, key, type, document, stream, partition, sequence, at, given_up)
                SELECT ?, place, key, type, document, stream, partition, sequence, at, given_up = 1
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::bigint[], ?::timestamptz[],
                            ?::bigint[])
                    WITH ORDINALITY AS d (key, type, document, stream, partition, sequence, at, given_up, place)
                """,
                p -> p.text(1, number)
                        .texts(2, documents, DocumentOfKey::key)
                        .texts(3, documents, d -> d.document().type())
                        .texts(4, documents, d -> d.document().number())
                        .texts(5, documents, d -> d.document().stream())
                        .longs(6, documents, d -> d.document().partition())
                        .longs(7, documents, d -> d.document().sequence())
                        .instants(8, documents, d -> d.document().at())
                        .longs(9, documents, d -> d.document().givenUp() ? 1 : 0));
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

    /** A reconciliation with its differences. */
    Optional<Reconciliation> find(String number) {
        return runs.find(Check.Kind.RECONCILIATION, number).map(this::withDifferences);
    }

    /** A run with its differences, when it has a result. */
    Reconciliation withDifferences(CheckRun run) {
        Long count = counts(List.of(run)).get(run.number());
        return shown(run, count, count == null ? null : differences(run.number()));
    }

    /** The difference of a key that a reconciliation lists, without its documents; empty when it lists none. */
    Optional<Reconciliation.Difference> difference(String number, String scope, String key) {
        return database.queryOne(
                "SELECT here, there FROM reconciliation_difference WHERE number = ? AND scope = ? AND key = ?",
                p -> p.text(1, number).text(2, scope).text(3, key),
                row -> new Reconciliation.Difference(scope, key, row.getLong(1), row.getLong(2), List.of()));
    }

    private List<Reconciliation.Difference> differences(String number) {
        Map<String, List<Reconciliation.Document>> around = documents(number);
        return reads.query(
                "SELECT scope, key, here, there FROM reconciliation_difference WHERE number = ? ORDER BY scope, key",
                p -> p.text(1, number),
                row -> new Reconciliation.Difference(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        around.getOrDefault(row.getString(2), List.of())));
    }

    private Map<String, List<Reconciliation.Document>> documents(String number) {
        return reads.query("""
                        SELECT key, type, document, stream, partition, sequence, at, given_up
                        FROM reconciliation_document WHERE number = ? ORDER BY place
                        """, p -> p.text(1, number), DocumentOfKey::of).stream()
                .collect(DocumentOfKey.BY_KEY);
    }

    private Map<String, Long> counts(List<CheckRun> of) {
        Map<String, Long> counts = new HashMap<>();
        reads.query(
                        "SELECT number, difference_count FROM reconciliation WHERE number = ANY (?)",
                        p -> p.texts(1, of, CheckRun::number),
                        row -> new Found(row.getString(1), row.getLong(2)))
                .forEach(found -> counts.put(found.number(), found.differenceCount()));
        return counts;
    }

    /** A page without differences, newest first. */
    Page<Reconciliation> page(Cursor after, Limit limit) {
        Page<CheckRun> page = runs.page(Check.Kind.RECONCILIATION, after, limit);
        Map<String, Long> counts = counts(page.items());
        return page.map(run -> shown(run, counts.get(run.number()), null));
    }

    private Reconciliation shown(CheckRun run, Long count, List<Reconciliation.Difference> differences) {
        return new Reconciliation(
                run.number(),
                run.state(),
                peer,
                run.part().warehouse(),
                run.part().sku(),
                run.askedBy(),
                run.askedAt(),
                run.finishedAt(),
                run.compared(),
                count,
                differences,
                run.failure());
    }
}
