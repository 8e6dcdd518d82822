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
    private static final String STREAM = "one row for each partition of a stream";
    private static final String PEER = "one row for each other layer";
    private static final String REPAIR = "one row for each epoch of another layer, which begins with a repair";
    private static final String MONTH = "one row for each month";
    private static final String SET_BACK = "one row for each time that the database was set back";
    private static final String SET_BACK_STREAM =
            "one row for each partition of a stream, for each time that the database was set back";
    private static final String ONE = "one row";
    private static final String WORK = "one row for each partition of a work";
    private static final String PARTITION = "one row for each partition";
    private static final String RELEASED = "one row for each partition of a stream, or warehouse";

    /** Tables of the runtime that stay small in a layer of any age, and why. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("backup", "one row for each backup of TIERSTOCK_PURGE_BACKUPS_KEEP"),
            Map.entry("difference_report", "one row for each day of TIERSTOCK_PURGE_REPORTS_KEEP"),
            Map.entry("installation", ONE),
            Map.entry("lease", WORK),
            Map.entry("ledger_closing", MONTH),
            Map.entry("open_difference", "what two layers differ in now; nothing that is over is in it"),
            Map.entry("open_replica", "one row for each replica of the last hour"),
            Map.entry("peer_epoch", PEER),
            Map.entry("peer_met", PEER),
            Map.entry("peer_seen_before", REPAIR),
            Map.entry("peer_told", PEER),
            Map.entry("replica", "one row for each replica and work of TIERSTOCK_PURGE_KEEP"),
            Map.entry("restoration", SET_BACK),
            Map.entry("restoration_head", SET_BACK_STREAM),
            Map.entry("revocation_proof", PARTITION),
            Map.entry("stream_awaited", STREAM),
            Map.entry("stream_carried", STREAM),
            Map.entry("stream_floor", STREAM),
            Map.entry("stream_head", STREAM),
            Map.entry("stream_mark", STREAM),
            Map.entry("stream_released", RELEASED));

    /** Tables of the runtime that no purge deletes from, and why. */
    private static final Map<String, String> STAYING = Map.ofEntries(
            Map.entry("change", "who did it is never forgotten"),
            Map.entry("installation", ONE),
            Map.entry("lease", WORK),
            Map.entry("ledger", "an old month is closed and put away by hand"),
            Map.entry("ledger_closing", MONTH),
            Map.entry("ledger_opening", "only the last ones stay when a month is closed"),
            Map.entry("open_difference", "goes by itself when the two layers agree"),
            Map.entry("open_replica", "goes by itself an hour after the replica"),
            Map.entry("peer_epoch", PEER),
            Map.entry("peer_met", PEER),
            Map.entry("peer_seen_before", REPAIR),
            Map.entry("peer_told", PEER),
            Map.entry("reconciliation_adjustment", "a document of what a person has decided"),
            Map.entry("restoration", SET_BACK),
            Map.entry("restoration_head", SET_BACK_STREAM),
            Map.entry("revocation_proof", PARTITION),
            Map.entry("stream_awaited", STREAM),
            Map.entry("stream_carried", STREAM),
            Map.entry("stream_floor", STREAM),
            Map.entry("stream_head", STREAM),
            Map.entry("stream_mark", STREAM),
            Map.entry("stream_released", RELEASED),
            Map.entry("stuck_work", "goes by itself when the work is done, or due no more"));

    private static final Pattern DELETED = Pattern.compile("DELETE FROM (?:public\\.)?(\\w+)");

    private final EmbeddedDatabase filled;
    private final Database owner;

    /** @param filled by {@link KeptRows#fill} */
    public KeptTables(EmbeddedDatabase filled) {
        this.filled = filled;
        this.owner = new Database(filled.ownerDataSource());
    }

    /**
     * Tables of which nobody knows what statements read when they are full.
     *
     * @param small those of the layer that stay small, with the reason: a short list
     */
    public List<String> measuredWithFewRows(Map<String, String> small) {
        Map<String, Long> rows = rows();
        Set<String> full = rows.keySet().stream()
                .filter(table -> rows.get(table) >= KeptRows.COUNT)
                .collect(Collectors.toSet());
        return complaints(
                rows.keySet(),
                full,
                together(SMALL, small),
                "%s is not measured full: let kept.sql put :rows rows into it, or say among the small ones why it never"
                        + " has many",
                "%s is said to stay small, and kept.sql fills it");
    }

    /**
     * Tables that grow for ever.
     *
     * @param staying those of the layer that the purge does not delete from, with the reason
     * @param layer a class of each of its modules; none when only the runtime's tables are looked at
     */
    public List<String> growing(Map<String, String> staying, Class<?>... layer) {
        releaseSome();
        RowsRead rowsRead = new RowsRead();
        new Entrances(new Database(filled.dataSource(rowsRead, RowsRead.Plans.CUSTOM, KeptRows.OPTIONS)), layer)
                .purge(rowsRead);
        Set<String> purged = rowsRead.executions().stream()
                .flatMap(execution -> DELETED.matcher(execution.sql()).results())
                .map(deleted -> deleted.group(1))
                .collect(Collectors.toSet());
        return complaints(
                rows().keySet(),
                purged,
                together(STAYING, staying),
                "%s grows for ever: the purge deletes nothing from it. Write a rule (PurgedRows) and tell of it in"
                        + " docs/operations.md, or say among those that stay why it may",
                "%s is said to stay, and the purge deletes from it");
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

    private static List<String> complaints(
            Set<String> tables, Set<String> good, Map<String, String> excused, String bad, String needless) {
        List<String> complaints = new ArrayList<>();
        tables.stream()
                .filter(table -> !good.contains(table) && !excused.containsKey(table))
                .forEach(table -> complaints.add(bad.formatted(table)));
        excused.keySet().forEach(table -> {
            if (!tables.contains(table)) {
                complaints.add(table + " is excused and does not exist");
            } else if (good.contains(table)) {
                complaints.add(needless.formatted(table));
            }
        });
        return complaints;
    }
}
