package org.tierstock.sales.adapter.out.postgres;

import static java.util.stream.Collectors.toMap;

import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tierstock.runtime.sql.DatabaseFailure;
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

    /** Locked in the order of their codes, as at every replica. */
    @Override
    public Map<String, VersionedChannel> hold(Set<String> codes) {
        return told(() ->
                entities.find("code in ?1", Sort.by("code"), codes).withLock(LockModeType.PESSIMISTIC_WRITE).stream()
                        .map(ChannelEntity::asChannel)
                        .collect(toMap(stored -> stored.channel().code(), stored -> stored)));
    }

    @Override
    public VersionedChannel add(Channel channel) {
        return store(new ChannelEntity(), channel);
    }

    @Override
    public VersionedChannel change(Channel channel) {
        return store(entities.findById(channel.code()), channel);
    }

    private VersionedChannel store(ChannelEntity entity, Channel channel) {
        entity.code = channel.code();
        entity.take(channel);
        return told(() -> {
            entities.persistAndFlush(entity);
            return entity.asChannel();
        });
    }

    /** A refusal of the database is told as any posting's, so that a lost race is run again. */
    private static <T> T told(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (PersistenceException e) {
            throw DatabaseFailure.behind(e);
        }
    }
}
