package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.adapter.out.postgres.Rows.Numbered;
import org.tierstock.warehouse.application.port.Stocktakes;
import org.tierstock.warehouse.domain.CountedStock;
import org.tierstock.warehouse.domain.Stocktake;

/** The stocktakes in PostgreSQL. */
@ApplicationScoped
public class PostgresStocktakes implements Stocktakes {
    private final Database database;

    @Inject
    public PostgresStocktakes(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, CountedStock> find(Collection<String> numbers) {
        Map<String, List<CountedStock.Line>> lines = new HashMap<>();
        database.query(
                "SELECT * FROM stocktake_line JOIN stocktake USING (number) WHERE number = ANY (?) ORDER BY number, place",
                p -> p.texts(1, List.copyOf(numbers)),
                row -> lines.computeIfAbsent(row.getString("number"), number -> new ArrayList<>())
                        .add(new CountedStock.Line(
                                new Stocktake.Line(row.getInt("line"), Rows.key(row), row.getLong("counted")),
                                row.getLong("booked"),
                                row.getLong("locks_lost"))));
        Map<String, CountedStock> found = new HashMap<>();
        database.query(
                "SELECT number, warehouse, counted_at FROM stocktake WHERE number = ANY (?)",
                p -> p.texts(1, List.copyOf(numbers)),
                row -> {
                    List<CountedStock.Line> counted = lines.get(row.getString("number"));
                    Stocktake stocktake = new Stocktake(
                            row.getString("number"),
                            row.getString("warehouse"),
                            counted.stream().map(CountedStock.Line::line).toList());
                    return found.put(
                            stocktake.number(),
                            new CountedStock(
                                    stocktake,
                                    counted,
                                    row.getObject("counted_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return found;
    }

    @Override
    public void add(Collection<CountedStock> posted) {
        if (posted.isEmpty()) {
            return;
        }
        List<CountedStock> stocktakes = List.copyOf(posted);
        database.updateExactly(
                stocktakes.size(),
                """
                INSERT INTO stocktake (number, warehouse, counted_at)
                SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[])
                """,
                p -> p.texts(1, stocktakes, stock -> stock.stocktake().number())
                        .texts(2, stocktakes, stock -> stock.stocktake().warehouse())
                        .instants(3, stocktakes, CountedStock::countedAt));
        List<Numbered<CountedStock.Line>> lines =
                Rows.lines(stocktakes, stock -> stock.stocktake().number(), CountedStock::lines);
        List<Stocktake.Line> sent =
                lines.stream().map(numbered -> numbered.line().line()).toList();
        database.updateExactly(
                lines.size(),
                """
                INSERT INTO stocktake_line (number, place, line, sku, virtual_warehouse, owner, quality, batch, location,
                                            counted, booked, locks_lost)
                SELECT * FROM unnest(?::text[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
                """,
                p -> p.texts(1, lines, Numbered::number)
                        .integers(2, lines, Numbered::place)
                        .integers(3, sent, Stocktake.Line::line)
                        .texts(4, sent, line -> line.key().sku().code())
                        .texts(5, sent, line -> line.key().virtualWarehouse())
                        .texts(6, sent, line -> line.key().owner())
                        .texts(7, sent, line -> line.key().quality().name())
                        .texts(8, sent, line -> line.key().batch())
                        .texts(9, sent, line -> line.key().location())
                        .longs(10, sent, Stocktake.Line::counted)
                        .longs(11, lines, numbered -> numbered.line().booked())
                        .longs(12, lines, numbered -> numbered.line().locksLost()));
    }
}
