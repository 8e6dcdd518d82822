package org.tierstock.warehouse.adapter.out.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.tierstock.warehouse.application.port.MasterQueries;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.Warehouse;

/** Master records to look at, by Hibernate. */
@ApplicationScoped
@ActivateRequestContext
class PostgresMasterQueries implements MasterQueries {
    private final WarehouseEntities warehouses;
    private final OwnerEntities owners;
    private final ArticleEntities articles;
    private final LocationEntities locations;

    @Inject
    PostgresMasterQueries(
            WarehouseEntities warehouses, OwnerEntities owners, ArticleEntities articles, LocationEntities locations) {
        this.warehouses = warehouses;
        this.owners = owners;
        this.articles = articles;
        this.locations = locations;
    }

    @Override
    public Optional<Versioned<Warehouse>> warehouse(String code) {
        return warehouses.findByIdOptional(code).map(StoredMaster::asMaster);
    }

    @Override
    public List<Versioned<Warehouse>> warehouses(String after, int limit) {
        return list(warehouses, after, limit);
    }

    @Override
    public Optional<Versioned<Owner>> owner(String code) {
        return owners.findByIdOptional(code).map(StoredMaster::asMaster);
    }

    @Override
    public List<Versioned<Owner>> owners(String after, int limit) {
        return list(owners, after, limit);
    }

    @Override
    public Optional<Versioned<Article>> article(String sku) {
        return articles.findByIdOptional(sku).map(StoredMaster::asMaster);
    }

    @Override
    public List<Versioned<Article>> articles(String after, int limit) {
        return list(articles, after, limit);
    }

    @Override
    public Optional<Location> location(String warehouse, String code) {
        return locations.findByIdOptional(new LocationId(warehouse, code)).map(LocationEntity::asLocation);
    }

    @Override
    public List<Location> locations(String warehouse, String after, int limit) {
        return locations
                .find("id.warehouse = ?1 and id.code > ?2", Sort.by("id.code"), warehouse, after)
                .page(0, limit)
                .stream()
                .map(LocationEntity::asLocation)
                .toList();
    }

    private static <T, E extends StoredMaster<T>> List<Versioned<T>> list(
            PanacheRepositoryBase<E, String> entities, String after, int limit) {
        return entities.find("code > ?1", Sort.by("code"), after).page(0, limit).stream()
                .map(StoredMaster::asMaster)
                .toList();
    }
}
