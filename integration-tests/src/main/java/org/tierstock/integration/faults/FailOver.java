package org.tierstock.integration.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.tierstock.integration.load.LayerClient;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.Load;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformFailure;

/**
 * A layer's database falls back to an older state under its running replicas, as by a failover to a standby that lagged behind.
 * The layer must notice it by itself and let nothing in until it is repaired by the steps of docs/operations.md.
 */
final class FailOver {
    private static final int ORDERS_BETWEEN = 200;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** How long a layer may work on without noticing. It looks each second, and may have to connect first. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(20);

    private final Layer layer;
    private final LocalPlatform platform;
    private final Layers layers;
    private final Load load;
    private final Consumer<String> told;

    FailOver(Layer layer, LocalPlatform platform, Layers layers, Load load, Consumer<String> told) {
        this.layer = layer;
        this.platform = platform;
        this.layers = layers;
        this.load = load;
        this.told = told;
    }

    /** Lets it happen, and repairs it. What only this layer had acknowledged since the copy is repeated by its clients. */
    void befall() {
        DatabaseCopies copies = new DatabaseCopies(platform);
        load.goOn();
        trade();
        copies.make(layer, "standby");
        trade();
        load.acknowledged().mayBeLost();
        copies.failOver(layer, "standby", "primary");
        long began = System.nanoTime();
        long number = awaitNoticed(began);
        told.accept(String.format(
                Locale.ROOT,
                "the database of %s fell back under its replicas: noticed after %.1f s",
                layer.code(),
                (System.nanoTime() - began) / 1e9));
        repair("/v1/restorations/" + number);
        platform.processes().stream()
                .filter(process -> process.startsWith(layer.code()))
                .forEach(platform::awaitReady);
        trade();
        load.repeatDocuments();
        trade();
    }

    private void trade() {
        load.awaitOrders(load.acknowledged().orders() + ORDERS_BETWEEN);
    }

    private long awaitNoticed(long began) {
        while (System.nanoTime() - began < NOTICED_WITHIN.toNanos()) {
            for (JsonNode restoration :
                    operator().get("/v1/restorations").orFail().body().get("items")) {
                if (restoration.get("state").asText().equals("DETECTED")) {
                    return restoration.get("number").asLong();
                }
            }
            sleep();
        }
        throw new PlatformFailure(
                "the database of " + layer.code() + " fell back, and nobody noticed it within " + NOTICED_WITHIN);
    }

    private void repair(String steps) {
        operator().post(steps + "/epoch", null).orFail();
        JsonNode left =
                operator().post(steps + "/rebuild", null).orFail().body().get("left");
        if (!left.isEmpty()) {
            throw new PlatformFailure("not all of " + layer.code() + " could be made good: " + left);
        }
        operator().post(steps + "/closure", null).orFail();
    }

    private LayerClient operator() {
        return layers.operator(layer);
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformFailure("interrupted after a failover");
        }
    }
}
