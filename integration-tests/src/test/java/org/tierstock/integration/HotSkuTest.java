package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** The sell-out: many buyers, one SKU, two replicas of the sales service. */
class HotSkuTest {
    private static final int UNITS = 1_000;
    private static final int CLIENTS = 64;
    private static final int ATTEMPTS = 20_000;

    @Test
    void a_thousand_units_are_sold_exactly_a_thousand_times() throws InterruptedException {
        Shop shop = Shop.open("hot");
        shop.receiveUnits(shop.warehouse, "A-1", UNITS);
        shop.awaitSellable(UNITS);
        String token = RunningPlatform.get().token(Role.CHANNEL, Scopes.ofChannels(shop.channel));
        List<Rest> replicas = RunningPlatform.get().urls(Layer.SALES).stream()
                .map(url -> new Rest(url, token))
                .toList();
        Map<String, String> sold = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Rest.Answer> unexpected = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();

        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            clients.execute(() -> {
                for (int i = next.getAndIncrement(); i < ATTEMPTS; i = next.getAndIncrement()) {
                    String number = "T" + i;
                    Rest.Answer answer = replicas.get(i % replicas.size()).post("/v1/orders", shop.order(number, 1));
                    if (answer.status() == 201) {
                        sold.put(number, answer.body().get("orderNumber").asText());
                    } else if (answer.status() == 409) {
                        refusals.computeIfAbsent(answer.code(), code -> new AtomicInteger())
                                .incrementAndGet();
                    } else {
                        unexpected.add(answer);
                    }
                }
            });
        }
        clients.shutdown();
        assertThat(clients.awaitTermination(10, TimeUnit.MINUTES)).isTrue();

        assertThat(unexpected).isEmpty();
        assertThat(sold).hasSize(UNITS);
        assertThat(refusals.keySet()).containsExactly("INSUFFICIENT_STOCK");
        assertThat(refusals.get("INSUFFICIENT_STOCK")).hasValue(ATTEMPTS - UNITS);
        assertThat(List.of(shop.sellable(), shop.salesBucket("locked"))).containsExactly(0L, (long) UNITS);

        int asked = 0;
        for (Map.Entry<String, String> order : sold.entrySet()) {
            Rest.Answer again =
                    replicas.get(asked++ % replicas.size()).post("/v1/orders", shop.order(order.getKey(), 1));
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.replayed()).isTrue();
            assertThat(again.body().get("orderNumber").asText()).isEqualTo(order.getValue());
        }
        assertThat(shop.salesBucket("locked")).isEqualTo(UNITS);
    }
}
