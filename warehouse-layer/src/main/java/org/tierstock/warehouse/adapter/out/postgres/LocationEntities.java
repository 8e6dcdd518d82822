package org.tierstock.warehouse.adapter.out.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The stored locations. */
@ApplicationScoped
class LocationEntities implements PanacheRepositoryBase<LocationEntity, LocationId> {}
