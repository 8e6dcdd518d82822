package org.tierstock.warehouse.adapter.out.postgres;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.PostgresOutbox;
import org.tierstock.runtime.exchange.PostgresRepost;
import org.tierstock.runtime.exchange.Repost;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;
import org.tierstock.testing.TransactionalDataSource;
import org.tierstock.testing.Transactions;
import org.tierstock.warehouse.application.Floor;
import org.tierstock.warehouse.application.port.Batches;
import org.tierstock.warehouse.application.port.MasterRecords;
import org.tierstock.warehouse.application.port.OutboundCancels;
import org.tierstock.warehouse.application.port.OutboundPositions;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.Picks;
import org.tierstock.warehouse.application.port.Receipts;
import org.tierstock.warehouse.application.port.Shipments;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.application.port.Stocktakes;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** A whole warehouse on a database, emptied for each test, with the floor's master records. */
public final class PostgresAdapters implements Floor.Adapters {
    // One for all tests: to empty it takes a fraction of what another copy takes.
    private static final EmbeddedDatabase EMBEDDED =
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/warehouse");

    private final TransactionalDataSource dataSource;
    private final Database database;

    public PostgresAdapters() {
        this(EMBEDDED.dataSource());
    }

    /** Adapters that count what each of their statements reads, beside what a layer keeps of a long life. */
    PostgresAdapters(RowsRead rowsRead, RowsRead.Plans plans) {
        this(EMBEDDED.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        KeptRows.fill(EMBEDDED, PostgresAdapters.class, List.of("W>D:WH1", "W>D:OLD"), List.of());
        rowsRead.clear();
    }

    private PostgresAdapters(TransactionalDataSource dataSource) {
        this.dataSource = dataSource;
        this.database = new Database(dataSource);
        empty(owner());
        for (String sql : List.of(
                "INSERT INTO warehouse VALUES ('WH1', 'Warehouse WH1', 1), ('WH2', 'Warehouse WH2', 1)",
                """
                INSERT INTO location
                SELECT w.code, l.code, CASE l.code WHEN 'STAGING' THEN 'STAGING' ELSE 'STORAGE' END
                FROM warehouse w, unnest(ARRAY['A-1', 'A-2', 'B-1', 'STAGING']) AS l (code)
                """,
                "INSERT INTO owner VALUES ('OWN', 'Our own', 1), ('BRAND', 'A brand', 1)",
                """
                INSERT INTO sku VALUES ('COLA', 'Cola', 24, NULL, 1), ('PHONE', 'Phone', 1, NULL, 1),
                                       ('MILK', 'Milk', 12, 10, 1)
                """)) {
            database.update(sql, Database.Binder.NOTHING);
        }
    }

    /** Only the owner can, and only without the guards of what is append-only. */
    private static void empty(Database owner) {
        String tables = String.join(", ", owner.query("""
                        SELECT tablename FROM pg_tables WHERE schemaname = 'public'
                        AND tablename NOT IN ('flyway_schema_history', 'installation') AND tablename !~ '^ledger_[0-9]'
                        """, Database.Binder.NOTHING, row -> row.getString(1)));
        guard(owner, "DISABLE");
        owner.update("TRUNCATE " + tables, Database.Binder.NOTHING);
        guard(owner, "ENABLE");
    }

    /** The ledger has one, each of its months, and the changes. */
    private static void guard(Database owner, String how) {
        owner.query("""
                        SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
                        WHERE NOT tgisinternal AND tgtype & 32 <> 0 -- TRUNCATE
                        """, Database.Binder.NOTHING, row -> row.getString(1))
                .forEach(table ->
                        owner.update("ALTER TABLE " + table + " " + how + " TRIGGER USER", Database.Binder.NOTHING));
    }

    /** The same database, counting what each statement reads. */
    Database counting(RowsRead rowsRead, RowsRead.Plans plans) {
        return new Database(EMBEDDED.dataSource(rowsRead, plans, ""));
    }

    /** The database, for what only a test may look at. */
    public Database database() {
        return database;
    }

    /** By the role that owns the tables. */
    Database owner() {
        return new Database(EMBEDDED.ownerDataSource());
    }

    @Override
    public Transactions transactions() {
        return dataSource;
    }

    @Override
    public Outbox outbox() {
        return new PostgresOutbox(database, new Installation(database), work -> {});
    }

    @Override
    public StockRows stockRows() {
        return new PostgresStockRows(database, new Ledger(database));
    }

    @Override
    public Batches batches() {
        return new PostgresBatches(database);
    }

    @Override
    public Outbounds outbounds() {
        return new PostgresOutbounds(database, new Installation(database));
    }

    @Override
    public OutboundCancels cancels() {
        return new PostgresOutboundCancels(database, new Installation(database));
    }

    @Override
    public Receipts receipts() {
        return new PostgresReceipts(database);
    }

    @Override
    public Picks picks() {
        return new PostgresPicks(database);
    }

    @Override
    public Shipments shipments() {
        return new PostgresShipments(database);
    }

    @Override
    public Stocktakes stocktakes() {
        return new PostgresStocktakes(database);
    }

    @Override
    public ToldDocuments toldDocuments() {
        return new PostgresToldDocuments(database);
    }

    @Override
    public Repost repost() {
        return new PostgresRepost(database);
    }

    @Override
    public MasterRecords masterRecords() {
        return new PostgresMasterRecords(database);
    }

    @Override
    public OutboundPositions outboundPositions() {
        return new PostgresOutboundPositions(database);
    }

    @Override
    public Map<StockKey, Map<WarehouseBucket, Long>> balances() {
        return byKey("SELECT row_id, bucket, quantity FROM stock_balance WHERE quantity <> 0");
    }

    @Override
    public Map<StockKey, Map<WarehouseBucket, Long>> ledgerSums() {
        return byKey("""
                SELECT row_id, bucket, sum(quantity) AS quantity FROM (
                    SELECT from_row AS row_id, from_bucket AS bucket, -quantity AS quantity FROM ledger
                    UNION ALL SELECT to_row, to_bucket, quantity FROM ledger) m
                WHERE row_id IS NOT NULL GROUP BY row_id, bucket HAVING sum(quantity) <> 0
                """);
    }

    private Map<StockKey, Map<WarehouseBucket, Long>> byKey(String sql) {
        Map<StockKey, Map<WarehouseBucket, Long>> rows = new HashMap<>();
        database.query(
                "SELECT " + Rows.KEY + ", b.bucket, b.quantity FROM shelf_stock JOIN (" + sql + ") b USING (row_id)",
                Database.Binder.NOTHING,
                row -> rows.computeIfAbsent(Rows.key(row), key -> new EnumMap<>(WarehouseBucket.class))
                        .put(WarehouseBucket.valueOf(row.getString("bucket")), row.getLong("quantity")));
        return rows;
    }

    @Override
    public Collection<Outbound> allOutbounds() {
        return database.query(OutboundRows.SELECT, Database.Binder.NOTHING, OutboundRows::outbound);
    }
}
