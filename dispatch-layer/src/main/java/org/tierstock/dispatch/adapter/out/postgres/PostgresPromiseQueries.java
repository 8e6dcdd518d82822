package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.tierstock.dispatch.application.port.HandGrants.HandGrant;
import org.tierstock.dispatch.application.port.PromiseQueries;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Grants and revocations that people made, in PostgreSQL. */
@ApplicationScoped
class PostgresPromiseQueries implements PromiseQueries {
    private final PostgresHandGrants grants;
    private final PostgresRevocations revocations;

    @Inject
    PostgresPromiseQueries(@Reads Database database) {
        this.grants = new PostgresHandGrants(database);
        this.revocations = new PostgresRevocations(database);
    }

    @Override
    public Optional<HandGrant> grant(String number) {
        return grants.find(number);
    }

    @Override
    public Optional<Revocation> revocation(String number) {
        return revocations.byDocument(number);
    }
}
