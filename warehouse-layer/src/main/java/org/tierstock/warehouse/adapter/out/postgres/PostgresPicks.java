package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.adapter.out.postgres.Rows.Numbered;
import org.tierstock.warehouse.application.port.Picks;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickedGoods;

/** The picks in PostgreSQL. */
@ApplicationScoped
public class PostgresPicks implements Picks {
    private final Database database;

    @Inject
    public PostgresPicks(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, PickedGoods> find(Collection<String> numbers) {
        Map<String, List<PickedGoods.Line>> lines = new HashMap<>();
        database.query(
                "SELECT * FROM pick_line WHERE number = ANY (?) ORDER BY number, place",
                p -> p.texts(1, List.copyOf(numbers)),
                row -> lines.computeIfAbsent(row.getString("number"), number -> new ArrayList<>())
                        .add(new PickedGoods.Line(
                                new Pick.Line(
                                        row.getString("location"),
                                        row.getString("batch"),
                                        row.getLong("asked"),
                                        row.getLong("found")),
                                row.getLong("lost"))));
        Map<String, PickedGoods> found = new HashMap<>();
        database.query(
                "SELECT number, outbound, staging FROM pick WHERE number = ANY (?)",
                p -> p.texts(1, List.copyOf(numbers)),
                row -> {
                    List<PickedGoods.Line> picked = lines.get(row.getString("number"));
                    Pick pick = new Pick(
                            row.getString("number"),
                            row.getString("outbound"),
                            row.getString("staging"),
                            picked.stream().map(PickedGoods.Line::line).toList());
                    return found.put(pick.number(), new PickedGoods(pick, picked));
                });
        return found;
    }

    @Override
    public void add(Collection<PickedGoods> posted) {
        if (posted.isEmpty()) {
            return;
        }
        List<PickedGoods> picks = List.copyOf(posted);
        database.updateExactly(
                picks.size(),
                "INSERT INTO pick (number, outbound, staging) SELECT * FROM unnest(?::text[], ?::text[], ?::text[])",
                p -> p.texts(1, picks, goods -> goods.pick().number())
                        .texts(2, picks, goods -> goods.pick().outbound())
                        .texts(3, picks, goods -> goods.pick().staging()));
        List<Numbered<PickedGoods.Line>> lines =
                Rows.lines(picks, goods -> goods.pick().number(), PickedGoods::lines);
        List<Pick.Line> sent =
                lines.stream().map(numbered -> numbered.line().line()).toList();
        database.updateExactly(
                lines.size(),
                """
                INSERT INTO pick_line (number, place, location, batch, asked, found, lost)
                SELECT * FROM unnest(?::text[], ?::integer[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
                """,
                p -> p.texts(1, lines, Numbered::number)
                        .integers(2, lines, Numbered::place)
                        .texts(3, sent, Pick.Line::location)
                        .texts(4, sent, Pick.Line::batch)
                        .longs(5, sent, Pick.Line::asked)
                        .longs(6, sent, Pick.Line::found)
                        .longs(7, lines, numbered -> numbered.line().lost()));
    }
}
