package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Owner;

/** An owner as Hibernate stores it. */
@Entity
@Table(name = "owner")
class OwnerEntity implements StoredMaster<Owner> {
    @Id
    String code;

    String name;

    long version;

    /** Takes everything over. */
    void take(Owner owner) {
        code = owner.code();
        name = owner.name();
        version++;
    }

    @Override
    public Versioned<Owner> asMaster() {
        return new Versioned<>(new Owner(code, name), version);
    }
}
