package org.tierstock.runtime.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.sql.Database;

/** Changes in PostgreSQL, where the table refuses whatever is no INSERT; records are kept as JSON, by the names of their parts. */
@ApplicationScoped
public class PostgresChanges implements Changes {
    private final Database database;
    private final ObjectMapper json;

    @Inject
    public PostgresChanges(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** For the container's proxy. */
    protected PostgresChanges() {
        this(null, null);
    }

    @Override
    public void append(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        database.updateExactly(
                changes.size(),
                """
                INSERT INTO change (subject, token_id, trace_id, kind, code, version, before, after)
                SELECT subject, token_id, trace_id, kind, code, version, before::jsonb, after::jsonb
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[])
                     WITH ORDINALITY
                     AS c (subject, token_id, trace_id, kind, code, version, before, after, place)
                ORDER BY place
                """,
                p -> p.texts(1, changes, change -> change.by().subject())
                        .texts(2, changes, change -> change.by().tokenId())
                        .texts(3, changes, change -> change.by().traceId())
                        .texts(4, changes, Change::kind)
                        .texts(5, changes, Change::code)
                        .longs(6, changes, Change::version)
                        .texts(7, changes, change -> text(change.before()))
                        .texts(8, changes, change -> text(change.after())));
    }

    private String text(Object record) {
        try {
            return record == null ? null : json.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
