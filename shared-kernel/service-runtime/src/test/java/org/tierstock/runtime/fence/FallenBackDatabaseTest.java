package org.tierstock.runtime.fence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.sql.DatabaseFailure;

/** A replica whose peers are away, first beside one that is open, then with a database that falls back under it. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(FallenBackDatabaseTest.WithoutItsPeer.class)
class FallenBackDatabaseTest {
    /** Only new connections tell of the database: it is not looked at otherwise. */
    public static class WithoutItsPeer implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tierstock.peers", "dispatch",
                    "tierstock.dispatch.grpc", "127.0.0.1:1",
                    "tierstock.fence.check-every", "1h");
        }
    }

    @Inject
    Fence fence;

    @Inject
    Installation installation;

    @Inject
    AgroalDataSource connections;

    @Inject
    Books books;

    @ConfigProperty(name = "tierstock.pg.url")
    String url;

    @ConfigProperty(name = "tierstock.pg.owner")
    String owner;

    @ConfigProperty(name = "tierstock.pg.owner-password")
    String ownerPassword;

    @Test
    @Timeout(90)
    void a_replica_starts_beside_an_open_one_without_its_peers_and_closes_when_its_database_falls_back()
            throws InterruptedException, SQLException {
        assertThat(fence.isOpen()).isFalse();
        books.run(
                "INSERT INTO open_replica (owner, epoch, line) SELECT gen_random_uuid(), epoch, database_line() FROM installation");
        while (!fence.isOpen() && !Thread.currentThread().isInterrupted()) {
            untilItIsDone(() -> books.run("UPDATE open_replica SET beats = beats + 1, seen_at = now()"));
        }

        // A failover that loses nothing: closed until the other replica has compared itself too.
        asOwner("CREATE OR REPLACE FUNCTION database_line() RETURNS text LANGUAGE sql AS $$ SELECT '00000009' $$");
        awaitClosedByNewConnections();
        untilItIsDone(() -> books.run("UPDATE open_replica SET line = database_line(), seen_at = now()"));
        fence.awaitOpen();

        QuarkusTransaction.requiringNew().run(installation::nextJournal);
        books.run("DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)");
        assertThat(fence.isOpen()).isTrue();
        awaitClosedByNewConnections();

        List<String> reasons = List.of();
        while (reasons.isEmpty() && !Thread.currentThread().isInterrupted()) {
            reasons = restorations();
        }
        assertThat(reasons).first().asString().contains("This replica has seen transaction");
        assertThat(fence.mayPost()).isFalse();
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, owner, ownerPassword);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitClosedByNewConnections() {
        connections.flush(AgroalDataSource.FlushMode.ALL);
        while (fence.isOpen() && !Thread.currentThread().isInterrupted()) {
            untilItIsDone(installation::journal);
        }
    }

    /** A connection that the pool is just giving up is cut in the middle; the next one is a new one. */
    private static void untilItIsDone(Runnable work) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                work.run();
                return;
            } catch (DatabaseFailure cut) {
                continue;
            }
        }
    }

    /** The reasons of the restorations; none while the connections are cut. */
    private static List<String> restorations() {
        return given().auth()
                                .oauth2(Tokens.of("operator"))
                                .get("/v1/restorations")
                                .then()
                                .extract()
                                .path("items.reason")
                        instanceof List<?> reasons
                ? reasons.stream().map(String::valueOf).toList()
                : List.of();
    }
}
