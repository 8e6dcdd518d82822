package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.faults.DatabaseCopies;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.Load;
import org.tierstock.integration.load.LoadSettings;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/**
 * A layer's database is set back to a backup under load (protocol 11.8): the layer notices it, lets nothing in, and is
 * repaired by the steps of docs/operations.md. All of this befalls one platform, a layer after the other.
 */
class SetBackDatabaseTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ORDERS_BETWEEN = 100;

    /** Trade goes on while a layer is away, and all of it is sent again and read again in the end. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private static final Duration PAUSE_OF_MARKETPLACES = Duration.ofSeconds(3);

    private static LocalPlatform platform;
    private static DatabaseCopies copies;

    @BeforeAll
    static void start() {
        platform = new LocalPlatform(PlatformSettings.builder()
                .repository(RunningPlatform.repository())
                .throwAway()
                .replicas(1)
                .progress(line -> System.err.println("platform: " + line))
                .build());
        platform.start();
        copies = new DatabaseCopies(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void a_dispatch_layer_that_was_set_back_is_repaired_and_nothing_that_anybody_was_told_is_lost() {
        isSetBackAndRepaired(Layer.DISPATCH);
    }

    @Test
    void a_sales_layer_that_was_set_back_knows_every_sale_again_that_dispatch_was_handed() {
        isSetBackAndRepaired(Layer.SALES);
    }

    @Test
    void a_warehouse_layer_that_was_set_back_has_the_goods_and_locks_again_that_dispatch_knows() {
        isSetBackAndRepaired(Layer.WAREHOUSE);
    }

    private void isSetBackAndRepaired(Layer layer) {
        String backup = "backup_" + layer.code();
        LoadSettings settings = LoadSettings.demoSized("restore-" + layer.code())
                .pausing(PAUSE)
                .withMarketplaces(2, PAUSE_OF_MARKETPLACES);
        try (Load load = Load.start(settings, Layers.of(platform))) {
            load.awaitOrders(ORDERS_BETWEEN);
            kill(layer);
            copies.make(layer, backup);
            // The database is as it was: there is nothing to repair.
            startAgain(layer);
            assertThat(restorations(layer)).isEmpty();
            load.awaitOrders(load.acknowledged().orders() + ORDERS_BETWEEN);

            load.acknowledged().mayBeLost();
            kill(layer);
            copies.putBack(layer, backup, "lost_" + layer.code());
            platform.startAgain(process(layer));

            JsonNode found = awaitFound(layer);
            nothingIsLetIn(layer);
            repair(layer, found.get("number").asLong());
            platform.awaitReady(process(layer));
            load.awaitOrders(load.acknowledged().orders() + ORDERS_BETWEEN);
            load.repeatDocuments();
            load.awaitOrders(load.acknowledged().orders() + ORDERS_BETWEEN);

            assertThat(load.finish()).isEmpty();
            System.err.printf(
                    "orders placed %d, paid %d, units shipped %d, documents answered as known %d%n",
                    load.acknowledged().orders(),
                    load.acknowledged().paid(),
                    load.acknowledged().shippedUnits(),
                    load.acknowledged().replayedAnswers());
        }
    }

    private static String process(Layer layer) {
        return layer.code() + "-0";
    }

    private void kill(Layer layer) {
        platform.kill(process(layer));
    }

    private void startAgain(Layer layer) {
        platform.startAgain(process(layer));
        platform.awaitReady(process(layer));
    }

    private Rest operator(Layer layer) {
        return new Rest(platform.url(layer), platform.token(Role.OPERATOR, Scopes.ALL));
    }

    private JsonNode restorations(Layer layer) {
        return operator(layer).get("/v1/restorations").ok().body().get("items");
    }

    private JsonNode awaitFound(Layer layer) {
        await(layer + " finds itself set back")
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(restorations(layer)).hasSize(1));
        JsonNode found = restorations(layer).get(0);
        System.err.println("platform: " + layer + " " + found);
        assertThat(found.get("state").asText()).isEqualTo("DETECTED");
        return found;
    }

    private void nothingIsLetIn(Layer layer) {
        // The restoration is listed in the moment before the fence gives it as its reason.
        await(layer + " says why it is fenced, and is reached all the same")
                .atMost(SOON)
                .untilAsserted(() -> {
                    Rest.Answer health = new Rest(platform.management(layer), null).get("/q/health/ready");
                    assertThat(health.status()).isEqualTo(200);
                    assertThat(health.body().toString()).contains("was set back to a backup");
                });
        Rest.Answer refused = operator(layer)
                .post(
                        switch (layer) {
                            case SALES -> "/v1/orders";
                            case DISPATCH -> "/v1/grants";
                            case WAREHOUSE -> "/v1/receipts";
                        },
                        Map.of());
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("FENCED");
    }

    /** The steps of docs/operations.md. */
    private void repair(Layer layer, long number) {
        String steps = "/v1/restorations/" + number;
        assertThat(operator(layer).post(steps + "/closure", null).code()).isEqualTo("WRONG_STATE");

        assertThat(operator(layer)
                        .post(steps + "/epoch", null)
                        .ok()
                        .body()
                        .get("epoch")
                        .asLong())
                .isEqualTo(2);
        Rest.Answer rebuilt = operator(layer).post(steps + "/rebuild", null).ok();
        assertThat(rebuilt.body().get("left")).isEmpty();
        assertThat(operator(layer).post(steps + "/rebuild", null).ok().body().get("left"))
                .isEmpty();
        for (Layer beginning : List.of(Layer.SALES, Layer.DISPATCH)) {
            JsonNode run = operator(beginning).check("/v1/reconciliations");
            assertThat(run.get("differences")).as(beginning + ": " + run).isEmpty();
        }
        assertThat(operator(layer).check("/v1/audits").get("differences")).isEmpty();
        assertThat(operator(layer)
                        .post(steps + "/closure", null)
                        .ok()
                        .body()
                        .get("state")
                        .asText())
                .isEqualTo("CLOSED");
    }
}
