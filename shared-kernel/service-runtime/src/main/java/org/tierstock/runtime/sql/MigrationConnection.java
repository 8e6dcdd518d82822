package org.tierstock.runtime.sql;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Bounds how long a start waits for the database. Migrations have a connection of their own, of the owner role, which has none
 * of the pool's settings: a start whose answer the network has swallowed would wait without end, and whoever starts services
 * again sees one that lives.
 *
 * <p>And how long others wait for it. A statement that wants to change a table stands in the queue for its lock, and whoever
 * wants to read or write that table stands behind it: so it leaves the queue before it is missed, by the server's own clock,
 * which goes on when the start has ended. {@link LockHolders} says who kept it waiting.
 */
@Singleton
public class MigrationConnection implements FlywayConfigurationCustomizer {
    /** By how much this side waits longer than the server, so that the server's reason is heard. */
    private static final int LATER_SECONDS = 1;

    private final int connectSeconds;
    private final int answerSeconds;
    private final int lockSeconds;

    /**
     * The bounds of a service's start.
     *
     * @param connectSeconds how long it may take to connect
     * @param answerSeconds how long one statement of a migration may take
     * @param lockSeconds how long it may wait for a lock, and others behind it
     */
    @Inject
    public MigrationConnection(
            @ConfigProperty(name = "tierstock.pg.connect-seconds") int connectSeconds,
            @ConfigProperty(name = "tierstock.pg.migration-seconds") int answerSeconds,
            @ConfigProperty(name = "tierstock.pg.migration-lock-seconds") int lockSeconds) {
        this.connectSeconds = connectSeconds;
        this.answerSeconds = answerSeconds;
        this.lockSeconds = lockSeconds;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        flyway.jdbcProperties(Map.of(
                "connectTimeout",
                String.valueOf(connectSeconds),
                "socketTimeout",
                String.valueOf(answerSeconds + LATER_SECONDS),
                "tcpKeepAlive",
                "true",
                "options",
                "-c lock_timeout=%ds -c statement_timeout=%ds -c client_connection_check_interval=1s"
                        .formatted(lockSeconds, answerSeconds)));
        // The data source was made without them.
        flyway.dataSource(flyway.getUrl(), flyway.getUser(), flyway.getPassword());
        flyway.callbacks(new LockHolders());
    }
}
