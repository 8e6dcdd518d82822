package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.port.Batches;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.StockHead;

/** The batches in PostgreSQL. */
@ApplicationScoped
public class PostgresBatches implements Batches {
    private final Database database;

    @Inject
    public PostgresBatches(Database database) {
        this.database = database;
    }

    @Override
    public Map<BatchKey, Batch> of(Collection<StockHead> heads) {
        Map<BatchKey, Batch> batches = new HashMap<>();
        if (!heads.isEmpty()) {
            database.query("""
                            SELECT * FROM batch JOIN unnest(?::text[], ?::text[], ?::smallint[])
                              AS h (warehouse, sku, partition) USING (warehouse, sku, partition)
                            """, p -> Rows.bindHeads(p, 1, List.copyOf(heads)), PostgresBatches::batch)
                    .forEach(batch -> batches.put(batch.key(), batch));
        }
        return batches;
    }

    @Override
    public void add(Collection<Batch> added) {
        if (added.isEmpty()) {
            return;
        }
        List<Batch> batches = List.copyOf(added);
        database.updateExactly(
                batches.size(),
                """
                INSERT INTO batch (warehouse, sku, owner, batch, partition, expires_on, received_at)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::date[],
                                     ?::timestamptz[])
                """,
                p -> p.texts(1, batches, batch -> batch.key().warehouse())
                        .texts(2, batches, batch -> batch.key().sku().code())
                        .texts(3, batches, batch -> batch.key().owner())
                        .texts(4, batches, batch -> batch.key().batch())
                        .integers(5, batches, batch -> batch.key().sku().partition())
                        .dates(6, batches, Batch::expiresOn)
                        .instants(7, batches, Batch::receivedAt));
    }

    static Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                new BatchKey(
                        row.getString("warehouse"),
                        row.getString("owner"),
                        new Sku(row.getString("sku")),
                        row.getString("batch")),
                row.getObject("expires_on", LocalDate.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }
}
