package org.tierstock.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tierstock.runtime.sql.Database;

/**
 * All tables that the migrations of a layer make, so that one that is made tomorrow is among them: each is measured full and is
 * purged, or it is said why not.
 */
public final class KeptTables {
    /** Why documents stay. */
    public static final String DOCUMENT = "a document stays, so that it is known when it comes again";

    /** Why the rows of places stay. */
    public static final String PLACE = "one row for each place that has ever had stock: the ledger names it";

    public static final String MASTER = "master data";
    public static final String WAREHOUSE = "one row for each warehouse";
    public static final String ONE = "one row";

    private static final String STREAM = "one row for each partition of a stream";
    private static final String PEER = "one row for each other layer";

    /** Tables of the runtime that stay small in a layer of any age, and why. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("backup", "one row for each backup of TIERSTOCK_PURGE_BACKUPS_KEEP"),
            Map.entry("difference_report", "one row for each day of TIERSTOCK_PURGE_REPORTS_KEEP"),
            Map.entry("installation", ONE),
            Map.entry("lease", "one row for each partition of a work"),
            Map.entry("ledger_closing", "one row for each month"),
            Map.entry("open_difference", "what two layers differ in now; nothing that is over is in it"),
            Map.entry("open_replica", "one row for each replica of the last hour"),
            Map.entry("peer_epoch", PEER),
            Map.entry("peer_met", PEER),
            Map.entry("peer_seen_before", "one row for each epoch of another layer, which begins with a repair"),
            Map.entry("peer_told", PEER),
            Map.entry("purge_done", "one row for each partition"),
            Map.entry("replica", "one row for each replica and work of TIERSTOCK_PURGE_KEEP"),
            Map.entry("restoration", "one row for each time that the database was set back"),
            Map.entry("restoration_head", STREAM + ", for each time that the database was set back"),
            Map.entry("revocation_proof", "one row for each partition"),
            Map.entry("stream_awaited", STREAM),
            Map.entry("stream_carried", STREAM),
            Map.entry("stream_floor", STREAM),
            Map.entry("stream_head", STREAM),
            Map.entry("stream_mark", STREAM),
            Map.entry("stream_released", STREAM + ", or warehouse"));

    /** Other tables of the runtime that no purge deletes from, and why. */
    private static final Map<String, String> STAYING = Map.of(
            "change", "who did it is never forgotten",
            "ledger", "an old month is closed and put away by hand",
            "ledger_opening", "only the last ones stay when a month is closed",
            "reconciliation_adjustment", "a document of what a person has decided",
            "stuck_work", "goes by itself when the work is done, or due no more");

    private static final Pattern DELETED = Pattern.compile("DELETE FROM (?:public\\.)?(\\w+)");

    private final EmbeddedDatabase filled;
    private final Database owner;
    private final Map<String, String> small;
    private final Map<String, String> staying;
    private final Class<?>[] layer;

    /**
     * Of a layer.
     *
     * @param filled by {@link KeptRows#fill}
     * @param small its own tables that stay small in a layer of any age, with the reason
     * @param staying its other tables that the purge does not delete from, with the reason
     * @param layer a class of each of its modules; none when only the runtime's tables are looked at
     */
    public KeptTables(
            EmbeddedDatabase filled, Map<String, String> small, Map<String, String> staying, Class<?>... layer) {
        this.filled = filled;
        this.owner = new Database(filled.ownerDataSource());
        this.small = together(SMALL, small);
        this.staying = together(STAYING, staying);
        this.layer = layer.clone();
    }

    /** Tables of which nobody knows what statements read when they are full, and reasons that are none. */
    public List<String> measuredWithFewRows() {
        Map<String, Long> rows = rows();
        Set<String> full = rows.keySet().stream()
                .filter(table -> rows.get(table) >= KeptRows.COUNT)
                .collect(Collectors.toSet());
        List<String> complaints = unexcused(
                rows.keySet(),
                full,
                small.keySet(),
                "%s is not measured full: let kept.sql put :rows rows into it, or say among the small ones why it never"
                        + " has many");
        complaints.addAll(needless(rows.keySet(), full, small, "%s is said to stay small, and kept.sql fills it"));
        return complaints;
    }

    /** Tables that grow for ever, and reasons that are none. */
    public List<String> growing() {
        releaseSome();
        RowsRead rowsRead = new RowsRead();
        new Entrances(new Database(filled.dataSource(rowsRead, RowsRead.Plans.CUSTOM, KeptRows.OPTIONS)), layer)
                .purge(rowsRead);
        Set<String> tables = rows().keySet();
        Set<String> purged = rowsRead.executions().stream()
                .flatMap(execution -> DELETED.matcher(execution.sql()).results())
                .map(deleted -> deleted.group(1))
                .collect(Collectors.toSet());
        List<String> complaints = unexcused(
                tables,
                purged,
                together(small, staying).keySet(),
                "%s grows for ever: the purge deletes nothing from it. Write a rule (PurgedRows) and tell of it in"
                        + " docs/operations.md, or say among those that stay why it may");
        complaints.addAll(needless(tables, purged, staying, "%s is said to stay, and the purge deletes from it"));
        return complaints;
    }

    /** Of the outbox and the inbox the purge deletes when there is something to delete; all else it looks for by deleting it. */
    private void releaseSome() {
        for (String sql : List.of(
                """
                INSERT INTO stream_released (stream, partition, sequence)
                SELECT stream, 0, 10 FROM (SELECT stream FROM stream_head UNION SELECT stream FROM stream_mark) s
                ON CONFLICT (stream, partition) DO NOTHING
                """,
                "INSERT INTO revocation_proof (partition, settled, awaited) VALUES (0, 10, 10) ON CONFLICT DO NOTHING",
                "UPDATE outbox SET written_at = now() - interval '1 year' WHERE partition = 0 AND sequence <= 10",
                "UPDATE inbox SET applied_at = now() - interval '1 year' WHERE partition = 0 AND sequence <= 10")) {
            owner.update(sql, Database.Binder.NOTHING);
        }
    }

    /** How many rows each table has; the partitions of one are parts of it. */
    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        owner.query("""
                        SELECT relname FROM pg_class
                        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                          AND relname <> 'flyway_schema_history'
                        """, Database.Binder.NOTHING, row -> row.getString(1))
                .forEach(table -> rows.put(
                        table,
                        owner.query("SELECT count(*) FROM " + table, Database.Binder.NOTHING, row -> row.getLong(1))
                                .getFirst()));
        return rows;
    }

    private static Map<String, String> together(Map<String, String> runtime, Map<String, String> layer) {
        Map<String, String> together = new TreeMap<>(runtime);
        together.putAll(layer);
        return together;
    }

    private static List<String> unexcused(Set<String> tables, Set<String> good, Set<String> excused, String complaint) {
        return tables.stream()
                .filter(table -> !good.contains(table) && !excused.contains(table))
                .map(complaint::formatted)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> needless(
            Set<String> tables, Set<String> good, Map<String, String> excused, String complaint) {
        return excused.keySet().stream()
                .filter(table -> !tables.contains(table) || good.contains(table))
                .map(table ->
                        tables.contains(table) ? complaint.formatted(table) : table + " is excused and does not exist")
                .toList();
    }
}
