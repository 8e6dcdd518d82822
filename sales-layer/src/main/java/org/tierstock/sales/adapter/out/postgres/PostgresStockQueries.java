package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.ChannelKey;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.StockQueries;
import org.tierstock.sales.domain.StockKey;

/** Reads stock from PostgreSQL, as it was committed last. */
@Singleton
class PostgresStockQueries implements StockQueries {
    private final Database database;
    private final StockKeys keys;

    @Inject
    PostgresStockQueries(Database database, StockKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    private record Sellable(long row, long units) {}

    @Override
    public Map<ChannelKey, Long> sellable(Collection<ChannelKey> wanted) {
        List<Long> rows = List.copyOf(
                keys.rows(wanted.stream().map(StockKey::regular).toList()).values());
        List<Sellable> found = database.query(
                "SELECT row_id, sellable FROM stock WHERE row_id = ANY(?)",
                p -> p.longs(1, rows, Long::longValue),
                row -> new Sellable(row.getLong(1), row.getLong(2)));
        Map<Long, StockKey> keyOf =
                keys.keysOf(found.stream().map(Sellable::row).toList());
        Map<ChannelKey, Long> sellable = HashMap.newHashMap(found.size());
        for (Sellable each : found) {
            sellable.put(keyOf.get(each.row()).channelKey(), each.units());
        }
        return sellable;
    }

    @Override
    public List<StockLevel> list(Filter filter, long afterRow, int limit) {
        // Two statements: one that could do both would be planned for neither.
        String ofSkus = filter.skus().isEmpty() ? "cardinality(?::text[]) = 0" : "sku = ANY(?)";
        return database.query(
                """
                SELECT row_id, channel, delivery_method, quality, ship_region, sku, pool, sellable, locked, sold, held
                FROM stock WHERE row_id > ? AND %s AND (? OR channel = ANY(?)) ORDER BY row_id LIMIT ?
                """.formatted(ofSkus),
                p -> p.number(1, afterRow)
                        .texts(2, List.copyOf(filter.skus()))
                        .flag(3, filter.anySource())
                        .texts(4, List.copyOf(filter.stockSources()))
                        .integer(5, limit),
                row -> new StockLevel(
                        row.getLong("row_id"),
                        StockKeys.key(row),
                        row.getLong("sellable"),
                        row.getLong("locked"),
                        row.getLong("sold"),
                        row.getLong("held")));
    }
}
