package org.tierstock.runtime.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;

/** Reads the changes of masters and rules. */
@ApplicationScoped
public class RecordedChanges {
    private static final TypeReference<Map<String, Object>> RECORD = new TypeReference<>() {};

    private final Database database;
    private final ObjectMapper json;

    @Inject
    public RecordedChanges(@Reads Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** For the container's proxy. */
    protected RecordedChanges() {
        this(null, null);
    }

    /** A page in the order of the changes' numbers. */
    Page<RecordedChange> page(ChangeFilter filter, Cursor after, Limit limit) {
        long afterChange = after == null ? 0 : after.number(0);
        List<RecordedChange> rows =
                database.query(sql(filter), p -> bind(p, filter, afterChange, limit.plusOne()), this::change);
        return Page.of(rows, limit, last -> Cursor.of(last.change()));
    }

    /** Hands every change on as it is read, in one snapshot. */
    void stream(ChangeFilter filter, Consumer<RecordedChange> sink) {
        database.stream(sql(filter), p -> bind(p, filter, 0, Long.MAX_VALUE), this::change, sink);
    }

    private static String sql(ChangeFilter filter) {
        StringBuilder wanted = new StringBuilder("change_id > ?");
        if (filter.kind() != null) {
            wanted.append(" AND kind = ?");
        }
        if (filter.code() != null) {
            wanted.append(" AND code = ?");
        }
        if (filter.subject() != null) {
            wanted.append(" AND subject = ?");
        }
        if (filter.from() != null) {
            wanted.append(" AND changed_at >= ?");
        }
        if (filter.to() != null) {
            wanted.append(" AND changed_at < ?");
        }
        return """
                SELECT change_id, changed_at, subject, token_id, trace_id, kind, code, version, before, after
                FROM change WHERE %s ORDER BY change_id LIMIT ?
                """.formatted(wanted);
    }

    private static void bind(Parameters p, ChangeFilter filter, long after, long rows) throws SQLException {
        int next = 1;
        p.number(next++, after);
        for (String text : new String[] {filter.kind(), filter.code(), filter.subject()}) {
            if (text != null) {
                p.text(next++, text);
            }
        }
        if (filter.from() != null) {
            p.instant(next++, filter.from());
        }
        if (filter.to() != null) {
            p.instant(next++, filter.to());
        }
        p.number(next, rows);
    }

    private RecordedChange change(ResultSet row) throws SQLException {
        return new RecordedChange(
                row.getLong(1),
                row.getTimestamp(2).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                record(row.getString(9)),
                record(row.getString(10)));
    }

    private Map<String, Object> record(String text) {
        try {
            return text == null ? null : json.readValue(text, RECORD);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
