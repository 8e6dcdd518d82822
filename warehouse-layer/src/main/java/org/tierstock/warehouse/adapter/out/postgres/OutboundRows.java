package org.tierstock.warehouse.adapter.out.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TreeMap;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.Place;

/** How an outbound is read, with the rows of its lock, in one statement. */
final class OutboundRows {
    /** Columns and tables; a condition on outbound {@code o} is to follow. */
    static final String SELECT = """
            SELECT o.*, held.batches, held.locations, held.stagings, held.quantities
            FROM outbound o
            CROSS JOIN LATERAL (
                SELECT array_agg(r.batch) AS batches, array_agg(r.location) AS locations,
                       array_agg(r.staging) AS stagings, array_agg(r.quantity) AS quantities
                FROM outbound_row r WHERE r.outbound = o.outbound) held
            """;

    private OutboundRows() {}

    static Outbound outbound(ResultSet row) throws SQLException {
        OutboundOrder order = new OutboundOrder(
                row.getString("outbound"),
                row.getLong("number"),
                row.getString("order_number"),
                row.getInt("order_line"),
                Rows.cell(row),
                row.getLong("quantity"),
                row.getString("address_reference"),
                row.getString("ship_region"),
                row.getString("delivery_method"),
                row.getString("trace_parent"),
                new PeerJournal(row.getLong("asker_epoch"), row.getLong("asker_journal")));
        return new Outbound(
                order,
                row.getLong("answered_at"),
                row.getLong("refused"),
                row.getLong("shipped"),
                row.getLong("lost"),
                row.getLong("released"),
                held(row));
    }

    private static TreeMap<Place, Long> held(ResultSet row) throws SQLException {
        TreeMap<Place, Long> held = new TreeMap<>();
        if (row.getArray("quantities") != null) {
            String[] batches = (String[]) row.getArray("batches").getArray();
            String[] locations = (String[]) row.getArray("locations").getArray();
            Boolean[] stagings = (Boolean[]) row.getArray("stagings").getArray();
            Long[] quantities = (Long[]) row.getArray("quantities").getArray();
            for (int i = 0; i < quantities.length; i++) {
                held.put(new Place(batches[i], locations[i], stagings[i]), quantities[i]);
            }
        }
        return held;
    }
}
