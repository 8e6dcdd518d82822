package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.purge.AskedCalls;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.port.OutboundNumbers;

/** How far the numbers of outbounds have come: by the rows that are kept, and by those that were purged. */
@ApplicationScoped
public class PostgresOutboundNumbers implements OutboundNumbers, AskedCalls {
    private final Database database;

    @Inject
    public PostgresOutboundNumbers(Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected PostgresOutboundNumbers() {
        this(null);
    }

    @Override
    public long last(String warehouse) {
        return database.query("""
                        SELECT greatest(
                            (SELECT number FROM outbound WHERE warehouse = ? ORDER BY number DESC LIMIT 1),
                            (SELECT low FROM outbound_low WHERE warehouse = ?), 0)
                        """, p -> p.text(1, warehouse).text(2, warehouse), row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public long lastOf(String series) {
        return last(Streams.warehouseOfOutbounds(series));
    }
}
