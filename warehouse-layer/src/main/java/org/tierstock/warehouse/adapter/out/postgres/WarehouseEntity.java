package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Warehouse;

/** A warehouse as Hibernate stores it. */
@Entity
@Table(name = "warehouse")
class WarehouseEntity implements StoredMaster<Warehouse> {
    @Id
    String code;

    String name;

    long version;

    /** Takes everything over. */
    void take(Warehouse warehouse) {
        code = warehouse.code();
        name = warehouse.name();
        version++;
    }

    @Override
    public Versioned<Warehouse> asMaster() {
        return new Versioned<>(new Warehouse(code, name), version);
    }
}
