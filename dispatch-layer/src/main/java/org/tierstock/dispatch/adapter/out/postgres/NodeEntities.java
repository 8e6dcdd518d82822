package org.tierstock.dispatch.adapter.out.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The stored nodes. */
@ApplicationScoped
class NodeEntities implements PanacheRepositoryBase<NodeEntity, String> {}
