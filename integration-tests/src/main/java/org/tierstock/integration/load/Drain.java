package org.tierstock.integration.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tierstock.local.Layer;

/** Waits until the layers have come to rest: every message is applied, and no call is still to be made. */
public final class Drain {
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** So many looks in a row must find everything at rest: a job may be about to write the next message. */
    private static final int QUIET_LOOKS = 4;

    private final Layers layers;

    private Drain(Layers layers) {
        this.layers = layers;
    }

    public static Drain of(Layers layers) {
        return new Drain(layers);
    }

    /** @throws LoadFailure with what still moves, or is parked, when it takes minutes */
    public void await() {
        await(this::motion);
    }

    /** Returns when no unpaid order with a timer is left. */
    void awaitExpiries(Market market) {
        await(() -> {
            for (Market.Channel channel : market.channels()) {
                if (channel.holdSeconds() > 0) {
                    JsonNode unpaid = layers.sales()
                            .get("/v1/orders?state=PLACED&limit=1&channel=" + channel.code())
                            .orFail()
                            .body()
                            .get("items");
                    if (!unpaid.isEmpty()) {
                        return Optional.of("unpaid past its time: " + unpaid.get(0));
                    }
                }
            }
            return Optional.empty();
        });
    }

    private static void await(Supplier<Optional<String>> motion) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            Optional<String> moves = motion.get();
            quiet = moves.isEmpty() ? quiet + 1 : 0;
            if (moves.isPresent() && System.nanoTime() > deadline) {
                throw new LoadFailure("not at rest after " + PATIENCE.toSeconds() + " s: " + moves.get());
            }
            LayerClient.sleep(BETWEEN_LOOKS);
        }
    }

    /** Something that is not at rest. */
    private Optional<String> motion() {
        Map<Layer, JsonNode> streams = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            streams.put(
                    layer, layers.operator(layer).get("/v1/streams").orFail().body());
        }
        List<String> moving = new ArrayList<>();
        Map<String, Long> applied = new HashMap<>();
        streams.forEach((layer, overview) -> {
            for (JsonNode in : overview.get("incoming")) {
                applied.put(place(in), in.get("contiguous").asLong());
            }
            if (overview.get("parked").asLong() > 0) {
                moving.add(layer.code() + " has parked messages: "
                        + layers.operator(layer).get("/v1/parked-messages").body());
            }
        });
        streams.forEach((layer, overview) -> {
            for (JsonNode out : overview.get("outgoing")) {
                long head = out.get("head").asLong();
                long behind = head - applied.getOrDefault(place(out), 0L);
                if (behind != 0 || out.get("unsent").asLong() > 0) {
                    moving.add(place(out) + " is at " + head + ", of which " + behind + " are not applied");
                }
            }
        });
        unanswered().ifPresent(moving::add);
        return moving.stream().findFirst();
    }

    /** A line that dispatch has allocated and for which no warehouse holds a lock, or not yet the same. */
    private Optional<String> unanswered() {
        long[] allocated = new long[1];
        layers.dispatch()
                .eachOf(
                        "/v1/stock?view=total",
                        row -> allocated[0] += row.get("allocated").asLong());
        long[] locked = new long[1];
        layers.warehouse()
                .eachOf("/v1/stock", row -> locked[0] += row.get("locked").asLong());
        return allocated[0] == locked[0]
                ? Optional.empty()
                : Optional.of(
                        "dispatch has allocated " + allocated[0] + " units, warehouses hold locks for " + locked[0]);
    }

    private static String place(JsonNode stream) {
        return stream.get("stream").asText() + '/' + stream.get("partition").asInt();
    }
}
