package org.tierstock.runtime.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;

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
        List<RecordedChange> rows = database.query(sql(filter, afterChange, limit.plusOne()), this::change);
        return Page.of(rows, limit, last -> Cursor.of(last.change()));
    }

    /** Hands every change on as it is read, in one snapshot. */
    void stream(ChangeFilter filter, Consumer<RecordedChange> sink) {
        database.stream(sql(filter, 0, Long.MAX_VALUE), this::change, sink);
    }

    /**
     * In the order of the index by what narrows it most: nearly all changes may be of another code, subject or kind, and of those
     * nothing is read.
     */
    private static Sql sql(ChangeFilter filter, long after, long rows) {
        Sql wanted = new Sql("""
                SELECT change_id, changed_at, subject, token_id, trace_id, kind, code, version, before, after
                FROM change WHERE\s""");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("code", filter.code());
        texts.put("subject", filter.subject());
        texts.put("kind", filter.kind());
        texts.values().removeIf(Objects::isNull);
        String order = "change_id";
        if (texts.isEmpty()) {
            wanted.number("change_id > ?", after);
        } else {
            String first = texts.keySet().iterator().next();
            String text = texts.remove(first);
            wanted.text("(" + first + ", change_id) > (?,", text)
                    .number(" ?)", after)
                    .text(" AND " + first + " <= ?", text);
            order = first + ", change_id";
        }
        texts.forEach((column, text) -> wanted.text(" AND " + column + " = ?", text));
        if (filter.from() != null) {
            wanted.instant(" AND changed_at >= ?", filter.from());
        }
        if (filter.to() != null) {
            wanted.instant(" AND changed_at < ?", filter.to());
        }
        return wanted.number(" ORDER BY " + order + " LIMIT ?", rows);
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
