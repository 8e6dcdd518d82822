package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tierstock.runtime.check.Check;
import org.tierstock.runtime.check.CheckRun;
import org.tierstock.runtime.check.CheckRuns;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Keeps the results of audits. */
@ApplicationScoped
public class AuditRows {
    private final Database database;
    private final Database reads;
    private final CheckRuns runs;

    @Inject
    public AuditRows(Database database, @Reads Database reads, CheckRuns runs) {
        this.database = database;
        this.reads = reads;
        this.runs = runs;
    }

    /** For the container's proxy. */
    protected AuditRows() {
        this(null, null, null);
    }

    /** Stores what a run has found. */
    void store(String number, int snapshots, List<Audit.Difference> differences) {
        database.updateExactly(
                1,
                "INSERT INTO audit (number, snapshots) VALUES (?, ?)",
                p -> p.text(1, number).integer(2, snapshots));
        List<Integer> places = IntStream.range(0, differences.size()).boxed().toList();
        database.updateExactly(
                differences.size(),
                """
                INSERT INTO audit_difference (number, place, key, bucket, balance, ledger)
                SELECT ?, * FROM unnest(?::integer[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                """,
                p -> p.text(1, number)
                        .integers(2, places, Integer::intValue)
                        .texts(3, differences, Audit.Difference::key)
                        .texts(4, differences, Audit.Difference::bucket)
                        .longs(5, differences, Audit.Difference::balance)
                        .longs(6, differences, Audit.Difference::ledger));
    }

    /** An audit with its differences. */
    Optional<Audit> find(String number) {
        return runs.find(Check.Kind.AUDIT, number).map(this::withDifferences);
    }

    /** A run with its differences, when it has a result. */
    Audit withDifferences(CheckRun run) {
        return reads.queryOne(
                        "SELECT snapshots FROM audit WHERE number = ?",
                        p -> p.text(1, run.number()),
                        row -> row.getInt(1))
                .map(snapshots -> shown(run, snapshots, differences(run.number())))
                .orElseGet(() -> shown(run, null, null));
    }

    private List<Audit.Difference> differences(String number) {
        return reads.query(
                "SELECT key, bucket, balance, ledger FROM audit_difference WHERE number = ? ORDER BY place",
                p -> p.text(1, number),
                row -> new Audit.Difference(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
    }

    /** A page without results, newest first. */
    Page<Audit> page(Cursor after, Limit limit) {
        return runs.page(Check.Kind.AUDIT, after, limit).map(run -> shown(run, null, null));
    }

    private static Audit shown(CheckRun run, Integer snapshots, List<Audit.Difference> differences) {
        return new Audit(
                run.number(),
                run.state(),
                run.part().warehouse(),
                run.part().sku(),
                run.askedBy(),
                run.askedAt(),
                run.finishedAt(),
                run.compared(),
                snapshots,
                differences,
                run.failure());
    }
}
