package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.tierstock.warehouse.application.port.Owners;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Owner;

/** The owners as master records, by Hibernate. */
@ApplicationScoped
class PostgresOwners implements Owners {
    private final OwnerEntities entities;

    @Inject
    PostgresOwners(OwnerEntities entities) {
        this.entities = entities;
    }

    @Override
    public Optional<Versioned<Owner>> hold(String code) {
        return entities.findByIdOptional(code, LockModeType.PESSIMISTIC_WRITE).map(OwnerEntity::asMaster);
    }

    @Override
    public Versioned<Owner> add(Owner owner) {
        OwnerEntity entity = new OwnerEntity();
        entity.take(owner);
        StoredMaster.flush(() -> entities.persistAndFlush(entity));
        return entity.asMaster();
    }

    @Override
    public Versioned<Owner> change(Owner owner) {
        OwnerEntity entity = entities.findById(owner.code());
        entity.take(owner);
        StoredMaster.flush(entities::flush);
        return entity.asMaster();
    }
}
