package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** One channel sends far more than is served, beside another one that sells the same goods. */
class FloodingChannelTest {
    private static final int CONNECTIONS = 24;

    /** As many documents as a request may carry; those of a third of the connections are more than a lane holds. */
    private static final int FULL_BATCH = 1_000;

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 10;
    private static final int SMALL_BATCH = 5;
    private static final int ORDERS = CLIENTS * ROUNDS * (1 + SMALL_BATCH);

    /** For each of the two channels a half: the quiet one finds what it asks for, and the other one soon nothing more. */
    private static final int UNITS = 2 * 1_000;

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Shop shop = Shop.open("flood");
    private final String flooding = shop.channel;
    private final String quiet = shop.addChannel();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    @Test
    void a_channel_that_sends_full_batches_by_24_connections_is_refused_and_another_channel_never()
            throws InterruptedException, ExecutionException {
        shop.receiveUnits(shop.warehouse, "A-1", UNITS);
        await("the quiet channel's stock").atMost(SOON).until(() -> quietStock("sellable") == UNITS / 2);
        Rest ofFlooding = client(flooding);
        Rest ofQuiet = client(quiet);
        AtomicBoolean flood = new AtomicBoolean(true);
        List<JsonNode> placed = new ArrayList<>();

        try (ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS + CLIENTS)) {
            List<Future<?>> connections = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    // Two of three are after the SKU that the other channel sells, and so fill the lane that this
                    // needs.
                    String sku = i % 3 < 2 ? shop.sku : shop.sku + "-SOLD-OUT-" + i;
                    connections.add(senders.submit(() -> {
                        while (flood.get()) {
                            send(ofFlooding, sku);
                        }
                    }));
                }
                await("the flood to be refused").atMost(SOON).until(() -> refused.get() > 0);
                long before = refused.get();

                List<Future<List<JsonNode>>> clients = IntStream.range(0, CLIENTS)
                        .mapToObj(client -> senders.submit(() -> order(ofQuiet)))
                        .toList();
                for (Future<List<JsonNode>> client : clients) {
                    placed.addAll(client.get());
                }
                assertThat(refused.get()).as("refused of the flood meanwhile").isGreaterThan(before);
            } finally {
                flood.set(false);
            }
            for (Future<?> connection : connections) {
                connection.get();
            }
        }

        assertThat(placed)
                .hasSize(ORDERS)
                .extracting(order -> order.get("orderNumber").asText())
                .doesNotHaveDuplicates();
        assertThat(quietStock("locked")).isEqualTo(ORDERS);
        assertThat(quietStock("sellable")).isEqualTo(UNITS / 2 - ORDERS);
    }

    private static Rest client(String channel) {
        return new Rest(
                RunningPlatform.get().url(Layer.SALES),
                RunningPlatform.get().token(Role.CHANNEL, Scopes.ofChannels(channel)));
    }

    /** A full batch. Each document is placed, finds no stock, or finds no place. */
    private void send(Rest client, String sku) {
        for (JsonNode result : batch(client, flooding, sku, FULL_BATCH)) {
            int status = result.get("status").asInt();
            assertThat(status).isIn(201, 409, 429);
            if (status == 429) {
                refused.incrementAndGet();
            }
        }
    }

    /** One order and a small batch in turn, each of which must be placed. */
    private List<JsonNode> order(Rest client) {
        List<JsonNode> placed = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Rest.Answer one = client.post("/v1/orders", document(quiet, shop.sku));
            assertThat(one.status()).as("%s", one.body()).isEqualTo(201);
            placed.add(one.body());
            for (JsonNode result : batch(client, quiet, shop.sku, SMALL_BATCH)) {
                assertThat(result.get("status").asInt()).as("%s", result).isEqualTo(201);
                placed.add(result.get("order"));
            }
        }
        return placed;
    }

    private JsonNode batch(Rest client, String channel, String sku, int orders) {
        return client.post(
                        "/v1/orders/batch",
                        Map.of(
                                "orders",
                                IntStream.range(0, orders)
                                        .mapToObj(order -> document(channel, sku))
                                        .toList()))
                .ok()
                .body()
                .get("results");
    }

    private Map<String, Object> document(String channel, String sku) {
        return Map.of(
                "channel",
                channel,
                "channelOrderNumber",
                "F" + numbers.incrementAndGet(),
                "lines",
                List.of(Map.of("sku", sku, "quantity", 1)));
    }

    /** A bucket of the quiet channel's stock. */
    private long quietStock(String bucket) {
        long sum = 0;
        for (JsonNode row : RunningPlatform.rest(Layer.SALES, Role.OPERATOR)
                .get("/v1/stock?sku=" + shop.sku)
                .ok()
                .body()
                .get("items")) {
            sum += row.get("channel").asText().equals(quiet) ? row.get(bucket).asLong() : 0;
        }
        return sum;
    }
}
