package org.tierstock.sales.adapter.out.postgres;

import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.tierstock.sales.application.port.ChannelQueries;
import org.tierstock.sales.application.port.ChannelRegister;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;

/** Channels as master data, by Hibernate. */
@ApplicationScoped
class PostgresChannelRegister implements ChannelRegister, ChannelQueries {
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

    @Override
    public Optional<VersionedChannel> find(String code) {
        return entities.findByIdOptional(code).map(ChannelEntity::asChannel);
    }

    @Override
    public List<VersionedChannel> list(String after, int limit) {
        return entities.find("code > ?1", Sort.by("code"), after).page(0, limit).stream()
                .map(ChannelEntity::asChannel)
                .toList();
    }
}
