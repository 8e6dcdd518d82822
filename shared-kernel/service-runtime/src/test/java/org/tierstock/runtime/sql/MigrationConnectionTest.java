package org.tierstock.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.probe.Platform;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class MigrationConnectionTest {
    private static final Duration FOR_EVER = Duration.ofMinutes(1);

    @Inject
    Flyway migrations;

    @Test
    void the_migrations_of_a_service_wait_five_seconds_for_an_answer() {
        assertThat(migrations.getConfiguration().getJdbcProperties()).containsEntry("socketTimeout", "5");
    }

    @Test
    void a_start_gives_up_a_database_that_takes_the_connection_and_never_answers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/any";
            FluentConfiguration flyway = Flyway.configure().dataSource(url, "owner", "password");

            new MigrationConnection("1", "1").customize(flyway);

            assertTimeoutPreemptively(
                    FOR_EVER,
                    () -> assertThatThrownBy(() -> flyway.load().migrate())
                            .hasRootCauseInstanceOf(SocketTimeoutException.class));
        }
    }
}
