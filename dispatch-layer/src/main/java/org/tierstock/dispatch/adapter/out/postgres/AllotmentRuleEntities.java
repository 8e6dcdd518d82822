package org.tierstock.dispatch.adapter.out.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The stored allotment rules. */
@ApplicationScoped
class AllotmentRuleEntities implements PanacheRepositoryBase<AllotmentRuleEntity, String> {}
