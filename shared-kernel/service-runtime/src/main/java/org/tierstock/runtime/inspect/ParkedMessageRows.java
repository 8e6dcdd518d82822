package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;

/** Reads the parked messages. */
@ApplicationScoped
public class ParkedMessageRows {
    private final Database database;

    @Inject
    public ParkedMessageRows(@Reads Database database) {
        this.database = database;
    }

    /** A page, oldest first; in one state, or in any when it is null. */
    public Page<ParkedMessage> page(ParkedMessage.State state, Cursor after, Limit limit) {
        Sql wanted = new Sql("""
                SELECT parked_id, queue, message_id, type, stream, partition, sequence, document, reason, reason_code, state,
                       given_up, parked_at, settled_at, settled_by
                FROM parked_message
                """).number("WHERE parked_id > ?", after == null ? 0 : after.number(0));
        if (state != null) {
            // Named and no parameter: of those that wait there are few beside all others, and the plan has to know.
            wanted.add(" AND state = '" + state + '\'');
        }
        List<ParkedMessage> rows = database.query(
                wanted.number(" ORDER BY parked_id LIMIT ?", limit.plusOne()), ParkedMessageRows::message);
        return Page.of(rows, limit, last -> Cursor.of(last.id()));
    }

    private static ParkedMessage message(ResultSet row) throws SQLException {
        Timestamp settledAt = row.getTimestamp(14);
        return new ParkedMessage(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, Integer.class),
                row.getObject(7, Long.class),
                row.getString(8),
                row.getString(9),
                CannotApply.Because.valueOf(row.getString(10)),
                row.getString(11),
                row.getBoolean(12),
                row.getTimestamp(13).toInstant(),
                settledAt == null ? null : settledAt.toInstant(),
                row.getString(15));
    }
}
