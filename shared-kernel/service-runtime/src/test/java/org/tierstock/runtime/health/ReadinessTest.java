package org.tierstock.runtime.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.fence.FenceIsOpen;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;

/** A replica is taken out of traffic for what another one could do better, and for nothing else. These have no broker. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class ReadinessTest {
    @Inject
    Fence fence;

    @Inject
    Books books;

    @Inject
    DataSource postings;

    @ConfigProperty(name = "tierstock.pg.max-connections")
    int connections;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    @Timeout(60)
    void a_database_that_gives_no_connection_takes_no_replica_out_of_traffic() throws SQLException {
        await(fence::isOpen);
        Deque<Connection> taken = new ArrayDeque<>();
        try {
            for (int i = 0; i < connections; i++) {
                taken.push(postings.getConnection());
            }
            assertThat(ready().statusCode()).isEqualTo(200);
        } finally {
            while (!taken.isEmpty()) {
                taken.pop().close();
            }
        }
    }

    @Test
    @Timeout(60)
    void a_layer_whose_database_was_set_back_stays_in_traffic_for_its_readers_and_its_repair() {
        books.run("INSERT INTO restoration (state, reason, epoch) VALUES ('DETECTED', 'a backup', 1)");
        try {
            await(() -> fence.reason().contains("a backup"));
            Response ready = ready();
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.<Boolean>path("checks.find { it.name == 'Fence is open' }.data.open"))
                    .isFalse();
            assertThat(ready.<String>path("checks.find { it.name == 'Fence is open' }.data.reason"))
                    .contains("a backup");
        } finally {
            books.run("DELETE FROM restoration WHERE reason = 'a backup'");
        }
        await(fence::isOpen);
        assertThat(ready().statusCode()).isEqualTo(200);
    }

    @Test
    @Timeout(60)
    void replicas_that_all_start_without_the_broker_are_ready_since_orders_need_none() {
        await(fence::isOpen);
        Response ready = ready();
        assertThat(ready.<String>path("checks.find { it.name == 'Queues' }.data.silent"))
                .isEqualTo("tierstock.probe");
        assertThat(ready.statusCode()).isEqualTo(200);
    }

    @Test
    void a_replica_that_does_not_know_yet_leaves_the_traffic_to_those_that_do() {
        Fence starting = new Fence();
        FenceIsOpen check = new FenceIsOpen(starting);
        assertThat(check.call().getStatus().name()).isEqualTo("DOWN");
        starting.setBack("It was set back.");
        assertThat(check.call().getStatus().name()).isEqualTo("UP");
        starting.close("No answer yet from dispatch.");
        assertThat(check.call().getStatus().name()).isEqualTo("DOWN");
    }

    private Response ready() {
        return given().get(management.resolve("/q/health/ready"));
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }
}
