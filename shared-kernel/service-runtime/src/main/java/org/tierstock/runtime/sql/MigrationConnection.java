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
 */
@Singleton
public class MigrationConnection implements FlywayConfigurationCustomizer {
    private final String connectSeconds;
    private final String answerSeconds;

    /**
     * The bounds of a service's start.
     *
     * @param connectSeconds how long it may take to connect
     * @param answerSeconds how long one statement of a migration may take
     */
    @Inject
    public MigrationConnection(
            @ConfigProperty(name = "tierstock.pg.connect-seconds") String connectSeconds,
            @ConfigProperty(name = "tierstock.pg.migration-seconds") String answerSeconds) {
        this.connectSeconds = connectSeconds;
        this.answerSeconds = answerSeconds;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        flyway.jdbcProperties(
                Map.of("connectTimeout", connectSeconds, "socketTimeout", answerSeconds, "tcpKeepAlive", "true"));
        // The data source was made without them.
        flyway.dataSource(flyway.getUrl(), flyway.getUser(), flyway.getPassword());
    }
}
