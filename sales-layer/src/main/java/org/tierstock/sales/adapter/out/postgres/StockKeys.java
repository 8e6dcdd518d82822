package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;
import org.tierstock.sales.domain.Pool;
import org.tierstock.sales.domain.StockKey;

/**
 * Which row is which key's. A row is never deleted and its key never changes, so what was read once is remembered for good.
 *
 * <p>A row read by the transaction that creates it is remembered too; should that transaction roll back, the id names no
 * row and is never given again, and {@link #forget} drops it.
 */
@Singleton
class StockKeys {
    private static final String COLUMNS = "row_id, channel, delivery_method, quality, ship_region, sku, pool";

    private final Database database;
    private final Map<StockKey, Long> ids = new ConcurrentHashMap<>();
    private final Map<Long, StockKey> keys = new ConcurrentHashMap<>();

    @Inject
    StockKeys(Database database) {
        this.database = database;
    }

    /** The row of a key that was found before. */
    long id(StockKey key) {
        Long id = ids.get(key);
        if (id == null) {
            throw new IllegalStateException("No stock row is known for " + key);
        }
        return id;
    }

    /** The rows of those of these keys that have one. */
    List<Long> find(Collection<StockKey> wanted) {
        List<Long> found = new ArrayList<>(wanted.size());
        List<StockKey> unknown = new ArrayList<>();
        for (StockKey key : wanted) {
            Long id = ids.get(key);
            if (id == null) {
                unknown.add(key);
            } else {
                found.add(id);
            }
        }
        if (!unknown.isEmpty()) {
            read(
                    "JOIN unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])"
                            + " AS wanted (channel, delivery_method, quality, ship_region, sku, pool)"
                            + " USING (channel, delivery_method, quality, ship_region, sku, pool)",
                    p -> bind(p, 1, unknown));
            for (StockKey key : unknown) {
                Long id = ids.get(key);
                if (id != null) {
                    found.add(id);
                }
            }
        }
        return found;
    }

    /** The keys of these rows, all of which exist. */
    Map<Long, StockKey> keysOf(Collection<Long> rows) {
        List<Long> unknown =
                rows.stream().filter(row -> !keys.containsKey(row)).distinct().toList();
        if (!unknown.isEmpty()) {
            read("WHERE row_id = ANY(?)", p -> p.longs(1, unknown, Long::longValue));
        }
        Map<Long, StockKey> found = HashMap.newHashMap(rows.size());
        for (Long row : rows) {
            StockKey key = keys.get(row);
            if (key == null) {
                throw new IllegalStateException("There is no stock row " + row);
            }
            found.put(row, key);
        }
        return found;
    }

    /** Creates the rows of those of these keys that have none, in key order. */
    void create(Collection<StockKey> wanted) {
        List<StockKey> missing =
                wanted.stream().filter(key -> !ids.containsKey(key)).sorted().toList();
        if (missing.isEmpty()) {
            return;
        }
        database.update("""
                INSERT INTO stock (partition, channel, delivery_method, quality, ship_region, sku, pool)
                SELECT * FROM unnest(?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                ON CONFLICT DO NOTHING -- another transaction was first; the row is as good
                """, p -> bind(p.longs(1, missing, key -> key.sku().partition()), 2, missing));
    }

    /** Drops rows that turned out not to exist. */
    void forget(Collection<Long> rows) {
        for (Long row : rows) {
            StockKey key = keys.remove(row);
            if (key != null) {
                ids.remove(key, row);
            }
        }
    }

    private static void bind(Parameters p, int from, List<StockKey> keys) throws SQLException {
        p.texts(from, keys, key -> key.channelKey().channel())
                .texts(from + 1, keys, key -> key.channelKey().deliveryMethod())
                .texts(from + 2, keys, key -> key.channelKey().quality().name())
                .texts(from + 3, keys, key -> key.channelKey().shipRegion())
                .texts(from + 4, keys, key -> key.sku().code())
                .texts(from + 5, keys, key -> key.pool().text());
    }

    private void read(String which, Database.Binder binder) {
        database.query("SELECT " + COLUMNS + " FROM stock " + which, binder, row -> {
            StockKey key = key(row);
            ids.put(key, row.getLong(1));
            keys.put(row.getLong(1), key);
            return key;
        });
    }

    /** The key in a row that holds its columns by name. */
    static StockKey key(ResultSet row) throws SQLException {
        return new StockKey(
                new ChannelKey(
                        row.getString("channel"),
                        row.getString("delivery_method"),
                        Quality.named(row.getString("quality")),
                        row.getString("ship_region"),
                        new Sku(row.getString("sku"))),
                Pool.parse(row.getString("pool")));
    }
}
