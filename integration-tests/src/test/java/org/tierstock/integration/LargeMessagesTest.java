package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.fuzz.BrokerClient;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;

/** More bytes in a queue than the process that reads it has memory, and no database to put them into. */
class LargeMessagesTest {
    private static final int MESSAGES = 60;
    private static final int BYTES = 10_000_000;

    /** Beyond the largest that is received. */
    private static final int TOO_LARGE = 60_000_000;

    private static final Duration SOON = Duration.ofSeconds(60);

    private final LocalPlatform platform = RunningPlatform.get();

    @Test
    void bodies_that_fit_into_no_memory_wait_at_the_broker_while_the_database_stalls() throws SQLException {
        Shop shop = Shop.open("large");
        String ids = "LARGE-" + UUID.randomUUID() + "-";
        platform.kill("sales-1");
        long before = platform.pid("sales-0");
        platform.stall("postgres");
        try (BrokerClient broker = new BrokerClient(platform.broker())) {
            Data body = new Data(new Binary(new byte[BYTES]));
            for (int i = 0; i < MESSAGES; i++) {
                broker.send("tierstock.dispatch-to-sales", ids + i, "application/json", Map.of(), body);
            }
        } finally {
            platform.goOn("postgres");
            platform.startAgain("sales-1");
        }

        await("all are parked").ignoreExceptions().atMost(SOON).until(() -> parked(ids) == MESSAGES);
        platform.awaitReady("sales-1");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);
        assertThat(platform.alive("sales-0")).isTrue();
        assertThat(platform.pid("sales-0")).isEqualTo(before);
    }

    @Test
    void a_message_larger_than_any_is_rejected_at_once_by_the_layer_that_it_comes_to_and_ends_none()
            throws SQLException {
        Shop shop = Shop.open("larger");
        long before = platform.pid("sales-0");
        String id = "LARGER-" + UUID.randomUUID() + "-";
        try (BrokerClient broker = new BrokerClient(platform.broker())) {
            Data body = new Data(new Binary(new byte[TOO_LARGE]));
            for (int i = 0; i < 3; i++) {
                broker.send("tierstock.dispatch-to-sales", id + i, "application/json", Map.of(), body);
            }
        }

        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);
        await("it is told").ignoreExceptions().atMost(SOON).until(() -> parked("too-large") == 1);
        assertThat(parked(id)).as("nothing of them is kept").isZero();
        assertThat(platform.pid("sales-0")).isEqualTo(before);
    }

    private long parked(String ids) throws SQLException {
        LayerDatabase sales = platform.database(Layer.SALES);
        try (Connection connection = DriverManager.getConnection(sales.jdbcUrl(), sales.user(), sales.password());
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT count(*) FROM parked_message WHERE message_id LIKE ? AND reason LIKE 'Too large%'")) {
            statement.setString(1, ids + "%");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
