package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.ChannelKey;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;
import org.tierstock.sales.application.port.StockQueries;
import org.tierstock.sales.domain.StockKey;

/** Reads stock from PostgreSQL, as it was committed last. */
@Singleton
class PostgresStockQueries implements StockQueries {
    private static final String ROWS = "SELECT row_id, channel, delivery_method, quality, ship_region, sku, pool,"
            + " sellable, locked, sold, held FROM stock";

    private final Database database;
    private final StockKeys keys;

    @Inject
    PostgresStockQueries(@Reads Database database, KnownKeys known) {
        this.database = database;
        this.keys = new StockKeys(database, known);
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
        Sql page;
        if (!filter.skus().isEmpty() || filter.anySource()) {
            page = new Sql(ROWS).number(" WHERE row_id > ?", afterRow);
            if (!filter.skus().isEmpty()) {
                page.texts(" AND sku = ANY(?)", filter.skus());
            }
            if (!filter.anySource()) {
                page.texts(" AND channel = ANY(?)", filter.stockSources());
            }
            page.number(" ORDER BY row_id LIMIT ?", limit);
        } else {
            // Each source's page by itself, in the order of the index by source: of others nothing is read.
            page = new Sql("SELECT s.* FROM ")
                    .texts("unnest(?) AS c (code) CROSS JOIN LATERAL (" + ROWS, filter.stockSources())
                    .number(" WHERE (channel, row_id) > (c.code, ?) AND channel <= c.code", afterRow)
                    .number(" ORDER BY channel, row_id LIMIT ?", limit)
                    .number(") s ORDER BY s.row_id LIMIT ?", limit);
        }
        return database.query(
                page,
                row -> new StockLevel(
                        row.getLong("row_id"),
                        StockKeys.key(row),
                        row.getLong("sellable"),
                        row.getLong("locked"),
                        row.getLong("sold"),
                        row.getLong("held")));
    }
}
