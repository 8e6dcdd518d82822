package org.tierstock.dispatch.adapter.out.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The stored sourcing rules. */
@ApplicationScoped
class SourcingRuleEntities implements PanacheRepositoryBase<SourcingRuleEntity, String> {}
