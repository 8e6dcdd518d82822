package org.tierstock.sales.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.tierstock.sales.application.port.ChannelRegister;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;

/** Channels as master data, by Hibernate. */
@ApplicationScoped
class PostgresChannelRegister implements ChannelRegister {
    private final ChannelEntities entities;

    @Inject
    PostgresChannelRegister(ChannelEntities entities) {
        this.entities = entities;
    }

    @Override
    public Optional<VersionedChannel> hold(String code) {
        return entities.findByIdOptional(code, LockModeType.PESSIMISTIC_WRITE).map(ChannelEntity::asChannel);
    }

    @Override
    public VersionedChannel add(Channel channel) {
        ChannelEntity entity = new ChannelEntity();
        entity.code = channel.code();
        entity.take(channel);
        entities.persistAndFlush(entity);
        return entity.asChannel();
    }

    @Override
    public VersionedChannel change(Channel channel) {
        ChannelEntity entity = entities.findById(channel.code());
        entity.take(channel);
        return entity.asChannel();
    }
}
