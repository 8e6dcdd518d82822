package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.ChannelQueries;
import org.tierstock.sales.application.port.VersionedChannel;

/** Channels to look at, in PostgreSQL. */
@Singleton
class PostgresChannelQueries implements ChannelQueries {
    private final Database database;

    @Inject
    PostgresChannelQueries(@Reads Database database) {
        this.database = database;
    }

    @Override
    public Optional<VersionedChannel> find(String code) {
        return database.queryOne(
                PostgresChannels.CHANNELS + " WHERE code = ?", p -> p.text(1, code), PostgresChannelQueries::versioned);
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
