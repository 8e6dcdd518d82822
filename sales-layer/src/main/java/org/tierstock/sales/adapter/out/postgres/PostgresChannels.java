package org.tierstock.sales.adapter.out.postgres;

import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.Channels;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;

/** Channels remembered. A change at any replica is seen by all within a second; what is unknown is asked again. */
@Singleton
class PostgresChannels implements Channels {
    static final String CHANNELS = "SELECT * FROM channel";

    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final int CAPACITY = 10_000;

    private final Database database;
    private final Cache<String, Channel> known = Caffeine.newBuilder()
            .expireAfterWrite(AT_MOST)
            .maximumSize(CAPACITY)
            .build();

    /** @param database the postings'; the readers' for whoever only looks */
    @Inject
    PostgresChannels(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Channel> find(Set<String> codes) {
        return known.getAll(codes, this::read);
    }

    /** Callers may name as many as they like that do not exist: a batch of those costs one look too. */
    private Map<String, Channel> read(Set<? extends String> codes) {
        return database
                .query(
                        CHANNELS + " WHERE code = ANY (?)",
                        p -> p.texts(1, List.copyOf(codes)),
                        PostgresChannels::channel)
                .stream()
                .collect(toMap(Channel::code, Function.identity()));
    }

    static Channel channel(ResultSet row) throws SQLException {
        return new Channel(
                row.getString("code"),
                row.getString("name"),
                row.getString("stock_source"),
                DeductionMode.valueOf(row.getString("deduction_mode")),
                row.getLong("hold_seconds"),
                row.getString("delivery_method"),
                row.getString("ship_region"));
    }
}
