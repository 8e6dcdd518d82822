package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.adapter.out.postgres.Rows.Numbered;
import org.tierstock.warehouse.application.port.Shipments;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.ShippedGoods;

/** The shipments in PostgreSQL. */
@ApplicationScoped
public class PostgresShipments implements Shipments {
    private final Database database;

    @Inject
    public PostgresShipments(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, ShippedGoods> find(Collection<String> numbers) {
        Map<String, List<ShippedGoods.Line>> lines = new HashMap<>();
        database.query(
                "SELECT number, line, batch, quantity FROM shipment_line WHERE number = ANY (?) ORDER BY number, line",
                p -> p.texts(1, List.copyOf(numbers)),
                row -> lines.computeIfAbsent(row.getString("number"), number -> new ArrayList<>())
                        .add(new ShippedGoods.Line(
                                row.getInt("line"), row.getString("batch"), row.getLong("quantity"))));
        Map<String, ShippedGoods> found = new HashMap<>();
        database.query(
                "SELECT number, outbound, asked FROM shipment WHERE number = ANY (?)",
                p -> p.texts(1, List.copyOf(numbers)),
                row -> {
                    Long asked = row.getObject("asked", Long.class);
                    Shipment shipment = new Shipment(
                            row.getString("number"),
                            row.getString("outbound"),
                            asked == null ? OptionalLong.empty() : OptionalLong.of(asked));
                    return found.put(shipment.number(), new ShippedGoods(shipment, lines.get(shipment.number())));
                });
        return found;
    }

    @Override
    public void add(Collection<ShippedGoods> posted) {
        if (posted.isEmpty()) {
            return;
        }
        List<ShippedGoods> shipments = List.copyOf(posted);
        database.updateExactly(
                shipments.size(),
                "INSERT INTO shipment (number, outbound, asked) SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[])",
                p -> p.texts(1, shipments, goods -> goods.shipment().number())
                        .texts(2, shipments, goods -> goods.shipment().outbound())
                        .nullableLongs(3, shipments, goods -> {
                            OptionalLong quantity = goods.shipment().quantity();
                            return quantity.isPresent() ? quantity.getAsLong() : null;
                        }));
        List<Numbered<ShippedGoods.Line>> lines =
                Rows.lines(shipments, goods -> goods.shipment().number(), ShippedGoods::lines);
        database.updateExactly(
                lines.size(),
                """
                INSERT INTO shipment_line (number, line, batch, quantity)
                SELECT * FROM unnest(?::text[], ?::integer[], ?::text[], ?::bigint[])
                """,
                p -> p.texts(1, lines, Numbered::number)
                        .integers(2, lines, numbered -> numbered.line().line())
                        .texts(3, lines, numbered -> numbered.line().batch())
                        .longs(4, lines, numbered -> numbered.line().quantity()));
    }
}
