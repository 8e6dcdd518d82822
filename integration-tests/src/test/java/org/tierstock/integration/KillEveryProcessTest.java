package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.Load;
import org.tierstock.integration.load.LoadSettings;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;

/**
 * Every process dies once under load, as in a power cut, and nothing that a client was told is lost, although every layer
 * purges all the time.
 *
 * <p>{@code -Dtierstock.proofs=long} kills each of them ten times.
 */
class KillEveryProcessTest {
    private static final boolean LONG = "long".equals(System.getProperty("tierstock.proofs"));
    private static final int ROUNDS = LONG ? 10 : 1;
    private static final int ORDERS_A_ROUND = 3_000;
    private static final List<String> VICTIMS = List.of("sales-0", "postgres", "dispatch-0", "broker", "warehouse-0");

    /** How long a victim stays dead: long enough that clients notice. */
    private static final Duration DEAD = Duration.ofSeconds(1);

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void whatever_was_acknowledged_survives_the_death_of_every_process() throws IOException, InterruptedException {
        try (LocalPlatform platform = new LocalPlatform(PlatformSettings.builder()
                .repository(RunningPlatform.repository())
                .throwAway()
                .replicas(1)
                // Whatever may be purged is purged at once, while processes die.
                .environment("TIERSTOCK_PURGE_EVERY", "1s")
                .environment("TIERSTOCK_PURGE_KEEP", "0s")
                .progress(line -> System.err.println("platform: " + line))
                .build())) {
            platform.start();
            Layers layers = Layers.of(platform);
            try (Load load = Load.start(LoadSettings.demoSized("kill"), layers)) {
                for (int round = 1; round <= ROUNDS; round++) {
                    int before = ORDERS_A_ROUND * (round - 1);
                    for (int i = 0; i < VICTIMS.size(); i++) {
                        load.awaitOrders(before + ORDERS_A_ROUND * (i + 1) / (VICTIMS.size() + 1));
                        die(platform, VICTIMS.get(i));
                    }
                    load.awaitOrders(ORDERS_A_ROUND * round);
                }

                List<String> findings = load.finish();

                System.err.printf(
                        "orders placed %d, refused %d, paid %d, to be refunded %d; units shipped %d; answers %d, repeated"
                                + " requests %d, documents known when repeated %d%n",
                        load.acknowledged().orders(),
                        load.acknowledged().refusedOrders(),
                        load.acknowledged().paid(),
                        load.acknowledged().refunds(),
                        load.acknowledged().shippedUnits(),
                        layers.traffic().answers(),
                        layers.traffic().repetitions(),
                        load.acknowledged().replayedAnswers());
                assertThat(findings).isEmpty();
                assertThat(load.acknowledged().shippedUnits()).isPositive();
                assertThat(layers.traffic().repetitions()).isPositive();
                for (Layer layer : Layer.values()) {
                    await().atMost(SOON)
                            .untilAsserted(() -> assertThat(purged(platform.management(layer)))
                                    .as("rows that %s has purged since it was killed", layer)
                                    .isPositive());
                    System.err.printf(
                            "%s has purged %.0f rows since it was killed%n", layer, purged(platform.management(layer)));
                }
            }
        }
    }

    private static double purged(URI service) throws IOException, InterruptedException {
        HttpRequest metrics =
                HttpRequest.newBuilder(service.resolve("/q/metrics")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(metrics, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("tierstock_purged_total{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    private static void die(LocalPlatform platform, String victim) throws InterruptedException {
        platform.kill(victim);
        Thread.sleep(DEAD.toMillis());
        platform.startAgain(victim);
        platform.awaitReady(victim);
    }
}
