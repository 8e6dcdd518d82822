package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import org.tierstock.warehouse.domain.Location;

/** A location as Hibernate stores it. */
@Entity
@Table(name = "location")
class LocationEntity {
    @EmbeddedId
    LocationId id;

    @Enumerated(EnumType.STRING)
    Location.Kind kind;

    static LocationEntity of(Location location) {
        LocationEntity entity = new LocationEntity();
        entity.id = new LocationId(location.warehouse(), location.code());
        entity.kind = location.kind();
        return entity;
    }

    Location asLocation() {
        return new Location(id.warehouse(), id.code(), kind);
    }
}
