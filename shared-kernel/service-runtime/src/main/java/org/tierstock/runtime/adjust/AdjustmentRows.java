package org.tierstock.runtime.adjust;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.adjust.Adjustment.Cause;
import org.tierstock.runtime.adjust.Adjustment.State;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;

/** Adjustments in the service's database, and what speaks against booking one. */
@ApplicationScoped
class AdjustmentRows {
    private static final String COLUMNS = """
            SELECT number, reconciliation, scope, key, here, there, cause, note, state, proposed_at, proposed_by,
                   decided_at, decided_by, adjustment_id
            FROM reconciliation_adjustment
            """;

    private static final String LAST_MOVEMENTS = """
            SELECT m.movement_id, m.document_kind, m.document_number
            FROM (SELECT row_id FROM position_row WHERE sku = ? AND key = ?) r CROSS JOIN LATERAL (
                (SELECT movement_id, document_kind, document_number FROM ledger
                 WHERE from_row = r.row_id ORDER BY movement_id DESC LIMIT 1)
                UNION ALL
                (SELECT movement_id, document_kind, document_number FROM ledger
                 WHERE to_row = r.row_id AND to_row IS DISTINCT FROM from_row ORDER BY movement_id DESC LIMIT 1)) m
            """;

    private record Row(long id, Adjustment adjustment) {}

    private final Database database;
    private final Database reads;

    @Inject
    AdjustmentRows(Database database, @Reads Database reads) {
        this.database = database;
        this.reads = reads;
    }

    /** For the container's proxy. */
    protected AdjustmentRows() {
        this(null, null);
    }

    /**
     * Stores a proposal.
     *
     * @param lastMovements of the key's stock, looked up before here and there were
     * @return false, and nothing is stored, when the number is known or another one of the key waits
     */
    boolean insert(Proposal proposal, long here, long there, List<KeyMovement> lastMovements, String by) {
        return database.update(
                        """
                        INSERT INTO reconciliation_adjustment
                            (number, reconciliation, scope, key, here, there, cause, note, proposed_by,
                             last_movements)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT DO NOTHING
                        """,
                        p -> p.text(1, proposal.number())
                                .text(2, proposal.reconciliation())
                                .text(3, proposal.scope())
                                .text(4, proposal.key())
                                .number(5, here)
                                .number(6, there)
                                .text(7, proposal.cause().name())
                                .text(8, proposal.note())
                                .text(9, by)
                                .longs(10, lastMovements, KeyMovement::number))
                == 1;
    }

    /** For whoever decides on it. */
    Optional<Adjustment> find(String number) {
        return find(database, number);
    }

    /** For whoever only looks. */
    Optional<Adjustment> show(String number) {
        return find(reads, number);
    }

    private static Optional<Adjustment> find(Database asked, String number) {
        return asked.queryOne(COLUMNS + " WHERE number = ?", p -> p.text(1, number), AdjustmentRows::row)
                .map(Row::adjustment);
    }

    /** A page, newest first; in one state, or in any when it is null. */
    Page<Adjustment> page(State state, Cursor after, Limit limit) {
        List<Row> rows = reads.query(
                COLUMNS + """
                        WHERE adjustment_id < ? AND (?::text IS NULL OR state = ?)
                        ORDER BY adjustment_id DESC LIMIT ?
                        """,
                p -> p.number(1, after == null ? Long.MAX_VALUE : after.number(0))
                        .text(2, state == null ? null : state.name())
                        .text(3, state == null ? null : state.name())
                        .integer(4, limit.plusOne()),
                AdjustmentRows::row);
        return Page.of(rows, limit, last -> Cursor.of(last.id())).map(Row::adjustment);
    }

    /** @return false when it was decided before: whoever decides first has decided */
    boolean decide(String number, State state, String by) {
        return database.update("""
                        UPDATE reconciliation_adjustment SET state = ?, decided_at = now(), decided_by = ?
                        WHERE number = ? AND state = 'PROPOSED' -- two may decide at once
                        """, p -> p.text(1, state.name()).text(2, by).text(3, number)) == 1;
    }

    /** Whether a message that names the key waits among the parked ones. It may still have its effect. */
    boolean parked(String key) {
        return database.query(
                        // Counted, since for the first one alone all that is parked may be looked through.
                        "SELECT count(*) > 0 FROM parked_message WHERE state = 'PARKED' AND effect_keys @> ARRAY[?::text]",
                        p -> p.text(1, key),
                        row -> row.getBoolean(1))
                .getFirst();
    }

    /**
     * The last movements of the key's stock: of each of its rows the last one that took from it and the last one that put into
     * it. Numbers of different rows are in no order, so each row's is told. The SKU is the last part of a key.
     */
    List<KeyMovement> lastMovements(String key) {
        return database.query(LAST_MOVEMENTS, p -> ofKey(p, key), AdjustmentRows::movement);
    }

    /** A movement of the key's stock since a proposal was made, the last one if there are several; empty when it rests. */
    Optional<KeyMovement> movedSince(String number, String key) {
        return database.queryOne(LAST_MOVEMENTS + """
                        WHERE m.movement_id <> ALL (
                            SELECT unnest(last_movements) FROM reconciliation_adjustment WHERE number = ?)
                        ORDER BY m.movement_id DESC LIMIT 1
                        """, p -> ofKey(p, key).text(3, number), AdjustmentRows::movement);
    }

    private static Parameters ofKey(Parameters parameters, String key) throws SQLException {
        return parameters.text(1, key.substring(key.lastIndexOf('/') + 1)).text(2, key);
    }

    private static KeyMovement movement(ResultSet row) throws SQLException {
        return new KeyMovement(row.getLong(1), row.getString(2), row.getString(3));
    }

    private static Row row(ResultSet row) throws SQLException {
        long here = row.getLong(5);
        long there = row.getLong(6);
        Timestamp decidedAt = row.getTimestamp(12);
        return new Row(
                row.getLong(14),
                new Adjustment(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        here,
                        there,
                        there - here,
                        Cause.valueOf(row.getString(7)),
                        row.getString(8),
                        State.valueOf(row.getString(9)),
                        row.getTimestamp(10).toInstant(),
                        row.getString(11),
                        decidedAt == null ? null : decidedAt.toInstant(),
                        row.getString(13)));
    }
}
