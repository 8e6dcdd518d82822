package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.Told;

/** What dispatch had been told, in PostgreSQL: the messages themselves. */
@ApplicationScoped
public class PostgresToldDocuments implements ToldDocuments {
    private final Database database;

    @Inject
    public PostgresToldDocuments(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Told> find(DocumentKind kind, Collection<String> numbers) {
        Map<String, Map<Integer, FromWarehouse>> lines = new HashMap<>();
        database.query(
                "SELECT number, line, type, payload FROM told_line WHERE kind = ? AND number = ANY (?)",
                p -> p.text(1, kind.name()).texts(2, List.copyOf(numbers)),
                row -> lines.computeIfAbsent(row.getString("number"), number -> new HashMap<>())
                        .put(
                                row.getInt("line"),
                                MessageCodec.read(
                                        row.getString("type"),
                                        row.getString("payload").getBytes(StandardCharsets.UTF_8),
                                        FromWarehouse.class)));
        Map<String, Told> told = new HashMap<>();
        lines.forEach((number, ofNumber) -> told.put(number, new Told(ofNumber)));
        return told;
    }

    @Override
    public void add(Collection<Line> told) {
        List<Line> lines = List.copyOf(told);
        database.update(
                """
                INSERT INTO told_line (kind, number, line, type, payload)
                SELECT * FROM unnest(?::text[], ?::text[], ?::integer[], ?::text[], ?::text[])
                ON CONFLICT (kind, number, line) DO NOTHING
                """,
                p -> p.texts(1, lines, line -> line.document().kind().name())
                        .texts(2, lines, line -> line.document().number())
                        .integers(3, lines, line -> line.document().line())
                        .texts(4, lines, line -> MessageCodec.typeOf(line.message()))
                        .texts(5, lines, line -> MessageCodec.write(line.message())));
    }
}
