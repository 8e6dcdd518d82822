package org.tierstock.runtime.probe;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A real database, with the two roles of an installation, and the public key of {@link Tokens}. */
public final class Platform implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres postgres;
    private Path publicKey;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE probe LOGIN PASSWORD 'probe'");
            }
            publicKey = Files.createTempFile("tierstock-key", ".pem");
            Files.writeString(publicKey, Tokens.publicKeyPem());
            return Map.of(
                    "tierstock.pg.url",
                            postgres.getJdbcUrl("postgres", "postgres").replaceAll("\\?.*", ""),
                    "tierstock.pg.user", "probe",
                    "tierstock.pg.password", "probe",
                    "tierstock.pg.owner", "postgres",
                    "tierstock.pg.owner-password", "postgres",
                    "tierstock.jwt.public-key", publicKey.toString());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        try {
            postgres.close();
            Files.deleteIfExists(publicKey);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
