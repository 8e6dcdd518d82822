package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.Role;

/** A cancel of as many lines as an order may have, and small ones behind it. */
class LongCancelTest {
    private static final int LINES = 2_000;
    private static final int SMALL = 50;
    private static final int UNITS = LINES + SMALL;

    /** By the settings' defaults: lines of a call to dispatch, of a round of its releases, and of a transaction that settles. */
    private static final int CALL = 500;

    private static final int ROUND = 512;
    private static final int TRANSACTION = 256;
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String BACK =
            "SELECT count(*) FROM cancellation_line WHERE starts_with(document, ?) AND done = quantity";

    /** By the transactions of dispatch that answered. */
    private static final String ANSWERED_NOT_AFTER_THE_SMALL = """
            SELECT count(*) FROM cancellation_line
            WHERE document = ? AND answer_journal <= (SELECT max(answer_journal) FROM cancellation_line
                                                      WHERE starts_with(document, ?))
            """;

    /** By the transactions here that wrote the lines last, which are those that settled them. */
    private static final String SETTLED_NOT_AFTER_THE_SMALL = """
            SELECT count(*) FROM cancellation_line
            WHERE document = ? AND xmin::text::bigint <= (SELECT max(xmin::text::bigint) FROM cancellation_line
                                                          WHERE starts_with(document, ?))
            """;

    private final LocalPlatform platform = RunningPlatform.get();
    private final Rest sales = RunningPlatform.rest(Layer.SALES, Role.CHANNEL);

    /** All lines are of one SKU, so that the same work of the same replica has to do with all of them. */
    private final Shop shop = Shop.open("longcancel");

    private final String longOrder = shop.channel + ":LONG";
    private final List<String> smallOrders =
            IntStream.range(0, SMALL).mapToObj(i -> shop.channel + ":S" + i).toList();

    @Test
    void fifty_cancels_behind_one_of_two_thousand_lines_are_settled_before_it() throws SQLException {
        shop.receiveUnits(shop.warehouse, "A-1", UNITS);
        shop.awaitSellable(UNITS);
        place();

        // Nobody is asked before all of them wait, but for the one call that may be under way by then.
        platform.stall("dispatch-0");
        platform.stall("dispatch-1");
        try {
            cancel(List.of(longOrder));
            cancel(smallOrders);
        } finally {
            platform.goOn("dispatch-0");
            platform.goOn("dispatch-1");
        }

        await("all is back").atMost(SOON).until(() -> count(BACK, shop.channel + ':') == UNITS);
        assertThat(count(ANSWERED_NOT_AFTER_THE_SMALL, shop.channel + ":C-LONG", shop.channel + ":C-S"))
                .as(
                        "lines of the long cancel that dispatch was asked for before the last of the fifty, or with it: those of the"
                                + " call that was under way, and of the next one")
                .isLessThanOrEqualTo(LINES / 2);
        assertThat(count(SETTLED_NOT_AFTER_THE_SMALL, shop.channel + ":C-LONG", shop.channel + ":C-S"))
                .as(
                        "lines of the long cancel that were settled before the last of the fifty, or with it: those of the call that"
                                + " was under way, of the round of releases that the fifty were in, and of the transaction")
                .isLessThanOrEqualTo(CALL + ROUND + TRANSACTION);
        shop.awaitSellable(UNITS);
        assertThat(List.of(shop.salesBucket("sold"), shop.salesBucket("locked")))
                .containsExactly(0L, 0L);
        await("the warehouse's locks").atMost(SOON).until(() -> shop.warehouseBucket("locked") == 0);
        assertThat(shop.warehouseStock()).containsExactly((long) UNITS, 0L, 0L);
        for (Layer layer : List.of(Layer.SALES, Layer.DISPATCH)) {
            assertThat(ReconciliationTest.differences(layer))
                    .noneMatch(difference -> difference.get("key").asText().contains(shop.sku));
        }
    }

    /** Orders and pays, until the warehouse has locked all of it. */
    private void place() {
        sales.post(
                        "/v1/orders",
                        Map.of(
                                "channel",
                                shop.channel,
                                "channelOrderNumber",
                                "LONG",
                                "lines",
                                Collections.nCopies(LINES, Map.of("sku", shop.sku, "quantity", 1))))
                .ok();
        smallOrders.forEach(order -> shop.place(number(order), 1).ok());
        shop.pay(longOrder).ok();
        smallOrders.forEach(order -> shop.pay(order).ok());
        await("the warehouse's locks").atMost(SOON).until(() -> shop.warehouseBucket("locked") == UNITS);
    }

    private void cancel(List<String> orders) {
        JsonNode results = sales.post(
                        "/v1/orders/cancellations",
                        Map.of(
                                "cancellations",
                                orders.stream()
                                        .map(order -> Map.of(
                                                "orderNumber",
                                                order,
                                                "cancellationNumber",
                                                "C-" + number(order),
                                                "reasonCode",
                                                "BUYER"))
                                        .toList()))
                .ok()
                .body()
                .get("results");
        assertThat(results).allMatch(result -> result.get("status").asInt() == 201);
    }

    private static String number(String order) {
        return order.substring(order.indexOf(':') + 1);
    }

    private long count(String sql, String... documents) throws SQLException {
        LayerDatabase database = platform.database(Layer.SALES);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < documents.length; i++) {
                statement.setString(i + 1, documents[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
