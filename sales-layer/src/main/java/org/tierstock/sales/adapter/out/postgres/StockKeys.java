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
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;
import org.tierstock.sales.domain.Pool;
import org.tierstock.sales.domain.StockKey;

/**
 * Which row is which key's. A row is never deleted and its key never changes, so what was read once may be remembered for
 * good, as far as there is room ({@link KnownKeys}). Keys that have no row are never remembered: callers
 * may name as many of them as they like.
 *
 * <p>A row read by the transaction that creates it is remembered too; should that transaction roll back, the id names no
 * row and is never given again, and {@link #forget} drops it.
 */
@Singleton
class StockKeys {
    private static final String COLUMNS = "row_id, channel, delivery_method, quality, ship_region, sku, pool";

    private final Database database;
    private final KnownKeys known;

    /**
     * Those of a database.
     *
     * @param database the postings'; the readers' for whoever only looks
     * @param known what whoever else looks at that database remembers too
     */
    @Inject
    StockKeys(Database database, KnownKeys known) {
        this.database = database;
        this.known = known;
    }

    /** The rows of those of these keys that have one, by key. */
    Map<StockKey, Long> rows(Collection<StockKey> wanted) {
        Map<StockKey, Long> rows = HashMap.newHashMap(wanted.size());
        List<StockKey> unknown = new ArrayList<>();
        for (StockKey key : wanted) {
            Long row = known.row(key);
            if (row == null) {
                unknown.add(key);
            } else {
                rows.put(key, row);
            }
        }
        if (!unknown.isEmpty()) {
            read(
                            "JOIN unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])"
                                    + " AS wanted (channel, delivery_method, quality, ship_region, sku, pool)"
                                    + " USING (channel, delivery_method, quality, ship_region, sku, pool)",
                            p -> bind(p, 1, unknown))
                    .forEach(each -> rows.put(each.key(), each.row()));
        }
        return rows;
    }

    /** The keys of these rows, all of which exist. */
    Map<Long, StockKey> keysOf(Collection<Long> rows) {
        Map<Long, StockKey> keys = HashMap.newHashMap(rows.size());
        List<Long> unknown = new ArrayList<>();
        for (Long row : rows) {
            StockKey key = known.key(row);
            if (key == null) {
                unknown.add(row);
            } else {
                keys.put(row, key);
            }
        }
        if (!unknown.isEmpty()) {
            read("WHERE row_id = ANY(?)", p -> p.longs(1, unknown, Long::longValue))
                    .forEach(each -> keys.put(each.row(), each.key()));
            for (Long row : unknown) {
                if (!keys.containsKey(row)) {
                    throw new IllegalStateException("There is no stock row " + row);
                }
            }
        }
        return keys;
    }

    /** Creates the rows of these keys, in key order. */
    void create(Collection<StockKey> wanted) {
        List<StockKey> missing = wanted.stream().sorted().toList();
        database.update("""
                INSERT INTO stock (partition, channel, delivery_method, quality, ship_region, sku, pool)
                SELECT * FROM unnest(?::smallint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                ON CONFLICT DO NOTHING -- another transaction was first; the row is as good
                """, p -> bind(p.longs(1, missing, key -> key.sku().partition()), 2, missing));
    }

    /** Drops rows that turned out not to exist. */
    void forget(Collection<Long> rows) {
        known.forget(rows);
    }

    private static void bind(Parameters p, int from, List<StockKey> keys) throws SQLException {
        p.texts(from, keys, key -> key.channelKey().channel())
                .texts(from + 1, keys, key -> key.channelKey().deliveryMethod())
                .texts(from + 2, keys, key -> key.channelKey().quality().name())
                .texts(from + 3, keys, key -> key.channelKey().shipRegion())
                .texts(from + 4, keys, key -> key.sku().code())
                .texts(from + 5, keys, key -> key.pool().text());
    }

    private record KeyOfRow(long row, StockKey key) {}

    private List<KeyOfRow> read(String which, Database.Binder binder) {
        return database.query(
                "SELECT " + COLUMNS + " FROM stock " + which,
                binder,
                row -> new KeyOfRow(
                        row.getLong(1),
                        known.remember(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                Quality.named(row.getString(4)),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7))));
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
