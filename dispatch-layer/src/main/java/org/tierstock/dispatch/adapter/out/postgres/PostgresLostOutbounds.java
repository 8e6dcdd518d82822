package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.dispatch.application.port.LostOutbounds;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.sql.Database;

/** Stores lost outbounds in PostgreSQL. What became of them is saved like that of any other. */
@ApplicationScoped
public class PostgresLostOutbounds implements LostOutbounds {
    private final Database database;

    @Inject
    public PostgresLostOutbounds(Database database) {
        this.database = database;
    }

    @Override
    public void store(List<Outbound> outbounds) {
        database.updateExactly(outbounds.size(), """
                INSERT INTO outbound (sku, partition, node, virtual_warehouse, owner, quality, outbound, number,
                                      order_number, order_line, warehouse, quantity, state)
                SELECT sku, partition, node, virtual_warehouse, owner, quality, outbound, number, order_number,
                       order_line, warehouse, quantity, 'REQUESTED'
                FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                            ?::text[], ?::integer[], ?::text[], ?::bigint[])
                  AS o (sku, partition, node, virtual_warehouse, owner, quality, outbound, number, order_number,
                        order_line, warehouse, quantity)
                ORDER BY number
                """, p -> {
            Rows.bindCells(p, 1, outbounds, Outbound::cell)
                    .texts(7, outbounds, Outbound::id)
                    .longs(8, outbounds, Outbound::number);
            Rows.bindLines(p, 9, outbounds, Outbound::line)
                    .texts(11, outbounds, Outbound::warehouse)
                    .longs(12, outbounds, Outbound::quantity);
        });
        database.update("""
                INSERT INTO outbound_counter (warehouse, number)
                SELECT warehouse, max(number) FROM unnest(?::text[], ?::bigint[]) AS o (warehouse, number)
                GROUP BY warehouse ORDER BY warehouse
                ON CONFLICT (warehouse) DO UPDATE SET number = greatest(outbound_counter.number, excluded.number)
                """, p -> p.texts(1, outbounds, Outbound::warehouse).longs(2, outbounds, Outbound::number));
    }
}
