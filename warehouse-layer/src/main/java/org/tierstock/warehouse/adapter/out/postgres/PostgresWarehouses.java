package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.application.port.Warehouses;
import org.tierstock.warehouse.domain.Warehouse;

/** The warehouses as master records, by Hibernate. */
@ApplicationScoped
class PostgresWarehouses implements Warehouses {
    private final WarehouseEntities entities;

    @Inject
    PostgresWarehouses(WarehouseEntities entities) {
        this.entities = entities;
    }

    @Override
    public Optional<Versioned<Warehouse>> hold(String code) {
        return entities.findByIdOptional(code, LockModeType.PESSIMISTIC_WRITE).map(WarehouseEntity::asMaster);
    }

    @Override
    public Versioned<Warehouse> add(Warehouse warehouse) {
        WarehouseEntity entity = new WarehouseEntity();
        entity.take(warehouse);
        StoredMaster.flush(() -> entities.persistAndFlush(entity));
        return entity.asMaster();
    }

    @Override
    public Versioned<Warehouse> change(Warehouse warehouse) {
        WarehouseEntity entity = entities.findById(warehouse.code());
        entity.take(warehouse);
        StoredMaster.flush(entities::flush);
        return entity.asMaster();
    }
}
