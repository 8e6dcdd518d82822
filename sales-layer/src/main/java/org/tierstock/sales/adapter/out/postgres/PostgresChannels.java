package org.tierstock.sales.adapter.out.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.Channels;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;

/** Channels for the postings. A change at any replica is seen by all within a second; what is unknown is asked again. */
@Singleton
class PostgresChannels implements Channels {
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final int CAPACITY = 10_000;

    private final Database database;
    private final Cache<String, Channel> known = Caffeine.newBuilder()
            .expireAfterWrite(AT_MOST)
            .maximumSize(CAPACITY)
            .build();

    @Inject
    PostgresChannels(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Channel> find(String code) {
        return Optional.ofNullable(known.get(code, this::read));
    }

    private Channel read(String code) {
        return database.queryOne(
                        """
                        SELECT code, name, stock_source, deduction_mode, hold_seconds, delivery_method, ship_region
                        FROM channel WHERE code = ?
                        """,
                        p -> p.text(1, code),
                        row -> new Channel(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                DeductionMode.valueOf(row.getString(4)),
                                row.getLong(5),
                                row.getString(6),
                                row.getString(7)))
                .orElse(null);
    }
}
