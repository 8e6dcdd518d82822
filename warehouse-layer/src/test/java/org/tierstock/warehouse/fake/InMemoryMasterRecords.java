package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tierstock.movements.Sku;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.Articles;
import org.tierstock.warehouse.application.port.Locations;
import org.tierstock.warehouse.application.port.MasterRecords;
import org.tierstock.warehouse.application.port.MasterRegister;
import org.tierstock.warehouse.application.port.Owners;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.application.port.Warehouses;
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Masters;
import org.tierstock.warehouse.domain.Masters.LocationCode;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Warehouse;

/** The master records without a database. */
public final class InMemoryMasterRecords implements MasterRecords {
    private static class Register<T> implements MasterRegister<T> {
        final Map<String, Versioned<T>> rows;
        private final Function<T, String> code;

        Register(InMemoryTransactions transactions, Function<T, String> code) {
            this.rows = new InMemoryTable<>(transactions);
            this.code = code;
        }

        @Override
        public Optional<Versioned<T>> hold(String code) {
            return Optional.ofNullable(rows.get(code));
        }

        @Override
        public Versioned<T> add(T master) {
            return put(master, 1);
        }

        @Override
        public Versioned<T> change(T master) {
            return put(master, rows.get(code.apply(master)).version() + 1);
        }

        private Versioned<T> put(T master, long version) {
            Versioned<T> row = new Versioned<>(master, version);
            rows.put(code.apply(master), row);
            return row;
        }
    }

    private static final class WarehouseRegister extends Register<Warehouse> implements Warehouses {
        WarehouseRegister(InMemoryTransactions transactions) {
            super(transactions, Warehouse::code);
        }
    }

    private static final class OwnerRegister extends Register<Owner> implements Owners {
        OwnerRegister(InMemoryTransactions transactions) {
            super(transactions, Owner::code);
        }
    }

    private static final class ArticleRegister extends Register<Article> implements Articles {
        ArticleRegister(InMemoryTransactions transactions) {
            super(transactions, article -> article.sku().code());
        }
    }

    private static final class LocationRegister implements Locations {
        final Map<LocationCode, Location> rows;

        LocationRegister(InMemoryTransactions transactions) {
            this.rows = new InMemoryTable<>(transactions);
        }

        @Override
        public Optional<Location> find(String warehouse, String code) {
            return Optional.ofNullable(rows.get(new LocationCode(warehouse, code)));
        }

        @Override
        public void add(Location location) {
            rows.put(new LocationCode(location.warehouse(), location.code()), location);
        }
    }

    private final WarehouseRegister warehouses;
    private final OwnerRegister owners;
    private final ArticleRegister articles;
    private final LocationRegister locations;

    public InMemoryMasterRecords(InMemoryTransactions transactions) {
        this.warehouses = new WarehouseRegister(transactions);
        this.owners = new OwnerRegister(transactions);
        this.articles = new ArticleRegister(transactions);
        this.locations = new LocationRegister(transactions);
    }

    public Warehouses warehouses() {
        return warehouses;
    }

    public Owners owners() {
        return owners;
    }

    public Articles articles() {
        return articles;
    }

    public Locations locations() {
        return locations;
    }

    @Override
    public Masters of(Collection<StockKey> keys) {
        Set<String> skus = keys.stream().map(key -> key.sku().code()).collect(Collectors.toSet());
        Map<Sku, Article> known = new HashMap<>();
        articles.rows.forEach((code, row) -> {
            if (skus.contains(code)) {
                known.put(row.master().sku(), row.master());
            }
        });
        Map<LocationCode, Location.Kind> kinds = new HashMap<>();
        locations.rows.forEach((code, location) -> kinds.put(code, location.kind()));
        return new Masters(warehouses.rows.keySet(), owners.rows.keySet(), known, kinds);
    }

    @Override
    public Set<LocationCode> staging(Collection<LocationCode> asked) {
        Set<LocationCode> staging = new HashSet<>(asked);
        staging.removeIf(code ->
                !locations.rows.containsKey(code) || locations.rows.get(code).kind() != Location.Kind.STAGING);
        return staging;
    }
}
