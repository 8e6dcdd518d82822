package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.Place;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;

/** The outbound orders in PostgreSQL. */
@ApplicationScoped
public class PostgresOutbounds implements Outbounds {
    private record Row(String outbound, int partition, Place place, long quantity) {
        static List<Row> of(Collection<Outbound> outbounds) {
            List<Row> rows = new ArrayList<>();
            for (Outbound outbound : outbounds) {
                OutboundOrder order = outbound.order();
                outbound.rows()
                        .forEach((place, quantity) -> rows.add(
                                new Row(order.outbound(), order.cell().sku().partition(), place, quantity)));
            }
            return rows;
        }
    }

    private final Database database;
    private final Installation installation;

    @Inject
    public PostgresOutbounds(Database database, Installation installation) {
        this.database = database;
        this.installation = installation;
    }

    @Override
    public Map<String, StockHead> heads(Collection<String> outbounds) {
        Map<String, StockHead> heads = new HashMap<>();
        database.query(
                "SELECT outbound, warehouse, sku FROM outbound WHERE outbound = ANY (?)",
                p -> p.texts(1, List.copyOf(outbounds)),
                row -> heads.put(
                        row.getString("outbound"),
                        new StockHead(row.getString("warehouse"), new Sku(row.getString("sku")))));
        return heads;
    }

    @Override
    public Map<String, Outbound> find(Collection<String> outbounds) {
        Map<String, Outbound> found = new HashMap<>();
        database.query(
                        OutboundRows.SELECT + " WHERE o.outbound = ANY (?)",
                        p -> p.texts(1, List.copyOf(outbounds)),
                        OutboundRows::outbound)
                .forEach(outbound -> found.put(outbound.order().outbound(), outbound));
        return found;
    }

    @Override
    public List<Outbound> holding(Collection<StockKey> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<StockKey> wanted = List.copyOf(keys);
        // By SKU first, and outbound is named once. Joined with itself, PostgreSQL reads the whole index of the open
        // ones for each of them: it believes that index empty when it was so at the last vacuum.
        return database.query(
                OutboundRows.SELECT + """
                         WHERE o.locked > 0 AND o.warehouse = ANY (?) AND o.sku = ANY (?) AND EXISTS (
                            SELECT FROM outbound_row r
                            JOIN unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                              AS k (warehouse, sku, virtual_warehouse, owner, quality, batch, location)
                              ON r.batch = k.batch AND r.location = k.location
                            WHERE r.outbound = o.outbound
                              AND k.warehouse = o.warehouse AND k.sku = o.sku
                              AND k.virtual_warehouse = o.virtual_warehouse AND k.owner = o.owner
                              AND k.quality = o.quality)
                        """,
                p -> {
                    p.texts(1, wanted, StockKey::warehouse);
                    p.texts(2, wanted, key -> key.sku().code());
                    Rows.bindKeys(p, 3, wanted);
                },
                OutboundRows::outbound);
    }

    @Override
    public void add(Collection<Outbound> outbounds) {
        if (outbounds.isEmpty()) {
            return;
        }
        List<Outbound> added = List.copyOf(outbounds);
        List<OutboundOrder> orders = added.stream().map(Outbound::order).toList();
        database.updateExactly(
                added.size(),
                """
                INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku,
                                      virtual_warehouse, owner, quality, quantity, address_reference, ship_region,
                                      delivery_method, trace_parent, asker_epoch, asker_journal, answered_at, locked,
                                      shipped, lost, released, refused)
                SELECT * FROM unnest(?::text[], ?::smallint[], ?::text[], ?::bigint[], ?::text[], ?::integer[], ?::text[],
                                     ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                                     ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                                     ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                """,
                p -> p.texts(1, orders, OutboundOrder::outbound)
                        .integers(2, orders, order -> order.cell().sku().partition())
                        .texts(3, orders, OutboundOrder::warehouse)
                        .longs(4, orders, OutboundOrder::number)
                        .texts(5, orders, OutboundOrder::order)
                        .integers(6, orders, OutboundOrder::orderLine)
                        .texts(7, orders, order -> order.cell().sku().code())
                        .texts(8, orders, order -> order.cell().node().virtualWarehouse())
                        .texts(9, orders, order -> order.cell().node().owner())
                        .texts(
                                10,
                                orders,
                                order -> order.cell().node().quality().name())
                        .longs(11, orders, OutboundOrder::quantity)
                        .texts(12, orders, OutboundOrder::addressReference)
                        .texts(13, orders, OutboundOrder::shipRegion)
                        .texts(14, orders, OutboundOrder::deliveryMethod)
                        .texts(15, orders, OutboundOrder::traceParent)
                        .longs(16, orders, order -> order.asker().epoch())
                        .longs(17, orders, order -> order.asker().number())
                        .longs(18, added, Outbound::at)
                        .longs(19, added, Outbound::locked)
                        .longs(20, added, Outbound::shipped)
                        .longs(21, added, Outbound::lost)
                        .longs(22, added, Outbound::released)
                        .longs(23, added, Outbound::refused));
        insertRows(Row.of(added));
        // The answer depends on this transaction, so it must have a number (protocol 11.8).
        installation.nextJournal();
    }

    @Override
    public void change(Collection<Outbound> outbounds) {
        if (outbounds.isEmpty()) {
            return;
        }
        List<Outbound> changed = List.copyOf(outbounds);
        database.updateExactly(
                changed.size(),
                """
                UPDATE outbound o
                SET locked = c.locked, shipped = c.shipped, lost = c.lost, released = c.released
                FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                  AS c (outbound, locked, shipped, lost, released)
                WHERE o.outbound = c.outbound
                """,
                p -> p.texts(1, changed, outbound -> outbound.order().outbound())
                        .longs(2, changed, Outbound::locked)
                        .longs(3, changed, Outbound::shipped)
                        .longs(4, changed, Outbound::lost)
                        .longs(5, changed, Outbound::released));
        database.update(
                "DELETE FROM outbound_row WHERE outbound = ANY (?)",
                p -> p.texts(1, changed, outbound -> outbound.order().outbound()));
        insertRows(Row.of(changed));
    }

    private void insertRows(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        database.updateExactly(
                rows.size(),
                """
                INSERT INTO outbound_row (outbound, batch, location, partition, staging, quantity)
                SELECT outbound, batch, location, partition, staging = 1, quantity
                FROM unnest(?::text[], ?::text[], ?::text[], ?::smallint[], ?::integer[], ?::bigint[])
                  AS r (outbound, batch, location, partition, staging, quantity)
                """,
                p -> p.texts(1, rows, Row::outbound)
                        .texts(2, rows, row -> row.place().batch())
                        .texts(3, rows, row -> row.place().location())
                        .integers(4, rows, Row::partition)
                        .integers(5, rows, row -> row.place().staging() ? 1 : 0)
                        .longs(6, rows, Row::quantity));
    }

    @Override
    public void record(Collection<Effect> effects) {
        if (effects.isEmpty()) {
            return;
        }
        List<Effect> recorded = List.copyOf(effects);
        database.updateExactly(
                recorded.size(),
                """
                INSERT INTO outbound_effect (stream, partition, sequence, outbound, quantity)
                SELECT * FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::text[], ?::bigint[])
                """,
                p -> p.texts(1, recorded, effect -> effect.position().stream())
                        .integers(2, recorded, effect -> effect.position().partition())
                        .longs(3, recorded, effect -> effect.position().sequence())
                        .texts(4, recorded, Effect::outbound)
                        .longs(5, recorded, Effect::quantity));
    }

    @Override
    public Map<String, Long> lows(Collection<String> warehouses) {
        Map<String, Long> lows = new HashMap<>();
        database.query(
                "SELECT warehouse, low FROM outbound_low WHERE warehouse = ANY (?)",
                p -> p.texts(1, List.copyOf(warehouses)),
                row -> lows.put(row.getString("warehouse"), row.getLong("low")));
        return lows;
    }
}
