package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.port.MasterRecords;
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Masters;
import org.tierstock.warehouse.domain.Masters.LocationCode;
import org.tierstock.warehouse.domain.StockKey;

/** Master records as postings read them: in bulk, and without loading an entity. */
@ApplicationScoped
public class PostgresMasterRecords implements MasterRecords {
    private final Database database;

    @Inject
    public PostgresMasterRecords(Database database) {
        this.database = database;
    }

    @Override
    public Masters of(Collection<StockKey> keys) {
        Map<Sku, Article> articles = new HashMap<>();
        database.query(
                "SELECT code, name, units_per_case, shelf_life_days FROM sku WHERE code = ANY (?)",
                p -> p.texts(1, distinct(keys, key -> key.sku().code())),
                row -> {
                    Article article = article(row);
                    return articles.put(article.sku(), article);
                });
        return new Masters(
                codes("SELECT code FROM warehouse WHERE code = ANY (?)", distinct(keys, StockKey::warehouse)),
                codes("SELECT code FROM owner WHERE code = ANY (?)", distinct(keys, StockKey::owner)),
                articles,
                kinds(distinct(keys, key -> new LocationCode(key.warehouse(), key.location()))));
    }

    @Override
    public Set<LocationCode> staging(Collection<LocationCode> locations) {
        Set<LocationCode> staging = new HashSet<>();
        kinds(List.copyOf(locations)).forEach((code, kind) -> {
            if (kind == Location.Kind.STAGING) {
                staging.add(code);
            }
        });
        return staging;
    }

    private Set<String> codes(String sql, List<String> codes) {
        return new HashSet<>(database.query(sql, p -> p.texts(1, codes), row -> row.getString("code")));
    }

    private Map<LocationCode, Location.Kind> kinds(List<LocationCode> locations) {
        Map<LocationCode, Location.Kind> kinds = new HashMap<>();
        database.query(
                """
                SELECT warehouse, code, kind FROM location
                JOIN unnest(?::text[], ?::text[]) AS l (warehouse, code) USING (warehouse, code)
                """,
                p -> p.texts(1, locations, LocationCode::warehouse).texts(2, locations, LocationCode::location),
                row -> kinds.put(
                        new LocationCode(row.getString("warehouse"), row.getString("code")),
                        Location.Kind.valueOf(row.getString("kind"))));
        return kinds;
    }

    static Article article(ResultSet row) throws SQLException {
        return new Article(
                new Sku(row.getString("code")),
                row.getString("name"),
                row.getInt("units_per_case"),
                row.getObject("shelf_life_days", Integer.class));
    }

    private static <T> List<T> distinct(Collection<StockKey> keys, Function<StockKey, T> part) {
        return keys.stream().map(part).distinct().toList();
    }
}
