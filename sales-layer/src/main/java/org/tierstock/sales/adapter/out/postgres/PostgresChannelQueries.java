package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.ChannelQueries;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;

/** Channels to look at, in PostgreSQL. */
@Singleton
class PostgresChannelQueries implements ChannelQueries {
    private final Database database;
    private final PostgresChannels channels;

    @Inject
    PostgresChannelQueries(@Reads Database database) {
        this.database = database;
        this.channels = new PostgresChannels(database);
    }

    @Override
    public Optional<VersionedChannel> find(String code) {
        return database.queryOne(
                PostgresChannels.CHANNELS + " WHERE code = ?", p -> p.text(1, code), PostgresChannelQueries::versioned);
    }

    @Override
    public Map<String, Channel> known(Set<String> codes) {
        return channels.find(codes);
    }

    @Override
    public List<VersionedChannel> list(String after, int limit) {
        return database.query(
                PostgresChannels.CHANNELS + " WHERE code > ? ORDER BY code LIMIT ?",
                p -> p.text(1, after).integer(2, limit),
                PostgresChannelQueries::versioned);
    }

    private static VersionedChannel versioned(ResultSet row) throws SQLException {
        return new VersionedChannel(PostgresChannels.channel(row), row.getLong("version"));
    }
}
