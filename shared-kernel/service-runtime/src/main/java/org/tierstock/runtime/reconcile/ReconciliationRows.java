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
import org.tierstock.runtime.sql.Database;

/** Keeps the results of reconciliations. */
@ApplicationScoped
public class ReconciliationRows {
    /** The most differences that are kept of one reconciliation. */
    static final int MAX_DIFFERENCES = 1000;

    private static final int MAX_EXPLAINED = 100;

    /** A run's result in short. */
    private record Found(String number, long differenceCount) {}

    private final Database database;
    private final CheckRuns runs;
    private final DocumentsAround documentsAround;
    private final String peer;

    @Inject
    public ReconciliationRows(
            Database database, CheckRuns runs, DocumentsAround documentsAround, Instance<Reconciler> reconciler) {
        this.database = database;
        this.runs = runs;
        this.documentsAround = documentsAround;
        this.peer = reconciler.isResolvable() ? reconciler.get().peer() : "";
    }

    /** For the container's proxy. */
    protected ReconciliationRows() {
        this.database = null;
        this.runs = null;
        this.documentsAround = null;
        this.peer = "";
    }

    /** Stores what a run has found. */
    void store(String number, Compared result) {
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
        return shown(run, count, count == null ? null : explained(differences(run.number())));
    }

    private List<Reconciliation.Difference> explained(List<Reconciliation.Difference> differences) {
        if (differences.isEmpty()) {
            return differences;
        }
        List<String> keys = differences.stream()
                .map(Reconciliation.Difference::key)
                .limit(MAX_EXPLAINED)
                .toList();
        Map<String, List<Reconciliation.Document>> documents = documentsAround.of(keys);
        return differences.stream()
                .map(d -> new Reconciliation.Difference(
                        d.scope(), d.key(), d.here(), d.there(), documents.getOrDefault(d.key(), List.of())))
                .toList();
    }

    private List<Reconciliation.Difference> differences(String number) {
        return database.query(
                "SELECT scope, key, here, there FROM reconciliation_difference WHERE number = ? ORDER BY scope, key",
                p -> p.text(1, number),
                row -> new Reconciliation.Difference(
                        row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), List.of()));
    }

    private Map<String, Long> counts(List<CheckRun> of) {
        Map<String, Long> counts = new HashMap<>();
        database.query(
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
