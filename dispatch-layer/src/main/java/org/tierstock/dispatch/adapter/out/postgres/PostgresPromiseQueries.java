package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.tierstock.dispatch.application.port.HandGrants.HandGrant;
import org.tierstock.dispatch.application.port.PromiseQueries;
import org.tierstock.dispatch.domain.Revocation;

/** Grants and revocations that people made, in PostgreSQL. */
@ApplicationScoped
class PostgresPromiseQueries implements PromiseQueries {
    private final PostgresHandGrants grants;
    private final PostgresRevocations revocations;

    @Inject
    PostgresPromiseQueries(PostgresHandGrants grants, PostgresRevocations revocations) {
        this.grants = grants;
        this.revocations = revocations;
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
