package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.Book;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** The balances of the warehouse layer in PostgreSQL. */
@ApplicationScoped
public class PostgresStockRows implements StockRows {
    private record Change(StockKey key, long available, long locked, long unavailable) {
        static Change of(StockKey key, long[] byBucket) {
            return new Change(
                    key,
                    byBucket[WarehouseBucket.AVAILABLE.ordinal()],
                    byBucket[WarehouseBucket.LOCKED.ordinal()],
                    byBucket[WarehouseBucket.UNAVAILABLE.ordinal()]);
        }
    }

    private final Database database;
    private final Ledger ledger;

    @Inject
    public PostgresStockRows(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    @Override
    public Book<StockKey, WarehouseBucket> lock(Collection<StockHead> heads) {
        Book<StockKey, WarehouseBucket> book = new Book<>(WarehouseBucket.class);
        if (heads.isEmpty()) {
            return book;
        }
        List<StockHead> inOrder = heads.stream().distinct().sorted().toList();
        // One pass in key order that makes or locks each head, so that two postings never wait for each other in a
        // circle.
        // A conflicting row is locked although it is not updated.
        Database.Read<String> locking =
                new Database.Read<>("""
                INSERT INTO stock_head (warehouse, sku, partition)
                SELECT warehouse, sku, partition
                FROM unnest(?::text[], ?::text[], ?::smallint[]) WITH ORDINALITY AS h (warehouse, sku, partition, place)
                ORDER BY place
                ON CONFLICT (warehouse, sku, partition) DO UPDATE SET partition = excluded.partition WHERE false
                RETURNING sku
                """, p -> Rows.bindHeads(p, 1, inOrder), row -> row.getString(1));
        // A statement of its own: its snapshot is taken after the locks, so it sees what their last holders wrote.
        Database.Read<StockKey> loading =
                new Database.Read<>("SELECT " + Rows.KEY + """
                        , available, locked, unavailable
                        FROM shelf_stock JOIN unnest(?::text[], ?::text[], ?::smallint[]) AS h (warehouse, sku, partition)
                          USING (warehouse, sku, partition)
                        WHERE available + locked + unavailable > 0
                        """, p -> Rows.bindHeads(p, 1, inOrder), row -> {
                    StockKey key = Rows.key(row);
                    book.open(key, WarehouseBucket.AVAILABLE, row.getLong("available"));
                    book.open(key, WarehouseBucket.LOCKED, row.getLong("locked"));
                    book.open(key, WarehouseBucket.UNAVAILABLE, row.getLong("unavailable"));
                    return key;
                });
        // In one round trip: the heads are held for as long as it takes.
        database.query(locking, loading);
        return book;
    }

    @Override
    public void write(Book<StockKey, WarehouseBucket> book, Numbers numbers) {
        List<Change> changes = new ArrayList<>();
        book.changes().forEach((key, byBucket) -> changes.add(Change.of(key, byBucket)));
        if (changes.isEmpty()) {
            return;
        }
        Map<StockKey, Long> rowIds = new HashMap<>();
        update(changes, rowIds);
        insert(
                changes.stream()
                        .filter(change -> !rowIds.containsKey(change.key()))
                        .toList(),
                rowIds);
        ledger.append(book, numbers, (key, bucket) -> rowIds.get(key));
    }

    private void update(List<Change> changes, Map<StockKey, Long> rowIds) {
        database.query("""
                UPDATE shelf_stock s
                SET available = s.available + c.available, locked = s.locked + c.locked,
                    unavailable = s.unavailable + c.unavailable
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[])
                  AS c (warehouse, sku, virtual_warehouse, owner, quality, batch, location,
                        partition, available, locked, unavailable)
                WHERE s.warehouse = c.warehouse AND s.sku = c.sku AND s.virtual_warehouse = c.virtual_warehouse
                  AND s.owner = c.owner AND s.quality = c.quality AND s.batch = c.batch AND s.location = c.location
                  AND s.partition = c.partition
                RETURNING s.row_id, s.warehouse, s.sku, s.virtual_warehouse, s.owner, s.quality, s.batch, s.location
                """, p -> bind(p, changes), row -> rowIds.put(Rows.key(row), row.getLong("row_id")));
    }

    /** Rows that do not exist yet. Their head is locked, so nobody else makes them meanwhile. */
    private void insert(List<Change> changes, Map<StockKey, Long> rowIds) {
        if (changes.isEmpty()) {
            return;
        }
        database.query("""
                INSERT INTO shelf_stock (warehouse, sku, virtual_warehouse, owner, quality, batch, location,
                                         partition, available, locked, unavailable)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[])
                RETURNING row_id, warehouse, sku, virtual_warehouse, owner, quality, batch, location
                """, p -> bind(p, changes), row -> rowIds.put(Rows.key(row), row.getLong("row_id")));
    }

    private static void bind(Parameters parameters, List<Change> changes) throws SQLException {
        Rows.bindKeys(parameters, 1, changes.stream().map(Change::key).toList())
                .integers(8, changes, change -> change.key().sku().partition())
                .longs(9, changes, Change::available)
                .longs(10, changes, Change::locked)
                .longs(11, changes, Change::unavailable);
    }
}
