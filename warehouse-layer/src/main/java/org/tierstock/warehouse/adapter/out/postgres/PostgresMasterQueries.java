package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.RowMapper;
import org.tierstock.warehouse.application.port.MasterQueries;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.Warehouse;

/** Master records to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresMasterQueries implements MasterQueries {
    private static final String WAREHOUSES = "SELECT * FROM warehouse";
    private static final String OWNERS = "SELECT * FROM owner";
    private static final String ARTICLES = "SELECT * FROM sku";
    private static final String LOCATIONS = "SELECT * FROM location WHERE warehouse = ?";

    private static final RowMapper<Warehouse> WAREHOUSE =
            row -> new Warehouse(row.getString("code"), row.getString("name"));
    private static final RowMapper<Owner> OWNER = row -> new Owner(row.getString("code"), row.getString("name"));
    private static final RowMapper<Article> ARTICLE = PostgresMasterRecords::article;
    private static final RowMapper<Location> LOCATION = row -> new Location(
            row.getString("warehouse"), row.getString("code"), Location.Kind.valueOf(row.getString("kind")));

    private final Database database;

    @Inject
    PostgresMasterQueries(@Reads Database database) {
        this.database = database;
    }

    @Override
    public Optional<Versioned<Warehouse>> warehouse(String code) {
        return one(WAREHOUSES, code, WAREHOUSE);
    }

    @Override
    public List<Versioned<Warehouse>> warehouses(String after, int limit) {
        return page(WAREHOUSES, after, limit, WAREHOUSE);
    }

    @Override
    public Optional<Versioned<Owner>> owner(String code) {
        return one(OWNERS, code, OWNER);
    }

    @Override
    public List<Versioned<Owner>> owners(String after, int limit) {
        return page(OWNERS, after, limit, OWNER);
    }

    @Override
    public Optional<Versioned<Article>> article(String sku) {
        return one(ARTICLES, sku, ARTICLE);
    }

    @Override
    public List<Versioned<Article>> articles(String after, int limit) {
        return page(ARTICLES, after, limit, ARTICLE);
    }

    @Override
    public Optional<Location> location(String warehouse, String code) {
        return database.queryOne(
                LOCATIONS + " AND code = ?", p -> p.text(1, warehouse).text(2, code), LOCATION);
    }

    @Override
    public List<Location> locations(String warehouse, String after, int limit) {
        return database.query(
                LOCATIONS + " AND code > ? ORDER BY code LIMIT ?",
                p -> p.text(1, warehouse).text(2, after).integer(3, limit),
                LOCATION);
    }

    private <T> Optional<Versioned<T>> one(String select, String code, RowMapper<T> master) {
        return database.queryOne(select + " WHERE code = ?", p -> p.text(1, code), versioned(master));
    }

    private <T> List<Versioned<T>> page(String select, String after, int limit, RowMapper<T> master) {
        return database.query(
                select + " WHERE code > ? ORDER BY code LIMIT ?",
                p -> p.text(1, after).integer(2, limit),
                versioned(master));
    }

    private static <T> RowMapper<Versioned<T>> versioned(RowMapper<T> master) {
        return row -> new Versioned<>(master.map(row), row.getLong("version"));
    }
}
