package org.tierstock.sales.adapter.out.postgres;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The stored channels. */
@ApplicationScoped
class ChannelEntities implements PanacheRepositoryBase<ChannelEntity, String> {}
