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
    private static final String CONNECT_SECONDS = "5";

    private final String answerSeconds;

    /** @param answerSeconds how long one statement of a migration may take */
    @Inject
    public MigrationConnection(
            @ConfigProperty(name = "tierstock.pg.migration-seconds", defaultValue = "5") String answerSeconds) {
        this.answerSeconds = answerSeconds;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        flyway.jdbcProperties(
                Map.of("connectTimeout", CONNECT_SECONDS, "socketTimeout", answerSeconds, "tcpKeepAlive", "true"));
        // The data source was made without them.
        flyway.dataSource(flyway.getUrl(), flyway.getUser(), flyway.getPassword());
    }
}
