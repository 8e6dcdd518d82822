package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.tierstock.warehouse.application.port.Locations;
import org.tierstock.warehouse.domain.Location;

/** The locations as master records, by Hibernate. */
@ApplicationScoped
class PostgresLocations implements Locations {
    private final LocationEntities entities;

    @Inject
    PostgresLocations(LocationEntities entities) {
        this.entities = entities;
    }

    @Override
    public Optional<Location> find(String warehouse, String code) {
        return entities.findByIdOptional(new LocationId(warehouse, code)).map(LocationEntity::asLocation);
    }

    @Override
    public void add(Location location) {
        StoredMaster.flush(() -> entities.persistAndFlush(LocationEntity.of(location)));
    }
}
