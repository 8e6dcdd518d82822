package org.tierstock.integration;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonSender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;
import org.tierstock.local.BrokerAddress;
import org.tierstock.movements.Partitions;

/**
 * Stands between the layers: all of them send to one queue, from which it hands messages on to the queues that they receive.
 * While it burns, three in ten come twice, any of a thousand may overtake any other, and poison of every kind comes between.
 */
final class MessageFire implements AutoCloseable {
    /** The one queue that every layer sends to. */
    static final String ENTRANCE = "fire.entrance";

    private static final int WINDOW = 1_000;
    private static final double TWICE = 0.3;
    private static final double POISON_OF_EACH_KIND = 0.01;

    /** Of each kind for each queue: its bodies are kept by broker and receiver. */
    private static final int MOST_LARGE = 3;

    private static final int LARGE_BYTES = 5_000_000;
    private static final int PATIENCE_SECONDS = 20;
    private static final long LOOK_MILLIS = 100;
    private static final long QUIET_NANOS = 300_000_000;

    private static final String SKU = "POISON";
    private static final String KEY = """
            {"channel":"C","deliveryMethod":"PARCEL","quality":"NORMAL","shipRegion":"R","sku":"POISON"}""";
    private static final String CELL = """
            {"node":{"node":"W","virtualWarehouse":"MAIN","owner":"ACME","quality":"NORMAL"},"sku":"POISON"}""";

    /** What no layer can apply, with what its reason says. */
    enum Poison {
        BAD_JSON("Bad JSON"),
        UNKNOWN_TYPE("Unknown type"),
        WRONG_SCHEMA("Wrong schema"),
        UNKNOWN_KEY("OB-NOBODY", "RV-NOBODY", "C:NOBODY"),
        NEGATIVE_QUANTITY("Wrong schema"),
        OVERFLOWING_QUANTITY("Wrong schema", "Bad JSON"),
        FIVE_MEGABYTES("Too large"),
        WRONG_SEQUENCE("Wrong envelope");

        private final List<String> reasons;

        Poison(String... reasons) {
            this.reasons = List.of(reasons);
        }

        /** Whether that is why a message of this kind is parked. */
        boolean explains(String reason) {
            return reasons.stream().anyMatch(reason::contains);
        }
    }

    private enum Queue {
        TO_SALES("tierstock.dispatch-to-sales", "D>S", "SaleReversed", """
                {"reversal":"RS-NOBODY","order":"C:NOBODY","orderLine":1,"key":%s,"quantity":3,"regranted":1,\
                "cause":"CANCEL","cancel":"C:X~1","refused":0}""".formatted(KEY)),
        TO_DISPATCH(
                "tierstock.sales-to-dispatch",
                "S>D",
                "RevocationSettled",
                "{\"revocation\":\"RV-NOBODY\",\"key\":" + KEY + ",\"taken\":3}"),
        OF_WAREHOUSES(
                "tierstock.warehouse-to-dispatch",
                "W>D:W",
                "GoodsShipped",
                "{\"warehouse\":\"W\",\"shipmentLine\":\"SH-NOBODY/1\",\"outbound\":\"OB-NOBODY\",\"cell\":" + CELL
                        + ",\"quantity\":3,\"batch\":\"B\"}");

        private final String address;
        private final String stream;
        private final String type;
        private final String body;

        Queue(String address, String stream, String type, String body) {
            this.address = address;
            this.stream = stream;
            this.type = type;
            this.body = body;
        }

        static Queue of(Message message) {
            String stream =
                    String.valueOf(message.getApplicationProperties().getValue().get("cloudEvents:stream"));
            return switch (stream) {
                case "D>S" -> TO_SALES;
                case "S>D" -> TO_DISPATCH;
                default -> OF_WAREHOUSES;
            };
        }
    }

    private record Held(Queue queue, Message message) {}

    /** When a real message was first handed on, and whether in the fire. */
    record HandedOn(Instant at, boolean burning) {}

    private final Vertx vertx = Vertx.vertx();
    private final Random random;
    private final Map<String, Poison> poison = new ConcurrentHashMap<>();
    private final Map<String, HandedOn> handedOn = new ConcurrentHashMap<>();
    private volatile boolean burning;

    // The rest is only touched on the connection's context.
    private final Map<Queue, ProtonSender> senders = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private final Map<Queue, Integer> large = new HashMap<>();
    private Context context;
    private long lastArrival;
    private long handedOnTwice;

    MessageFire(BrokerAddress broker, long seed) {
        random = new Random(seed);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        ProtonClient.create(vertx).connect(broker.host(), broker.port(), broker.user(), broker.password(), made -> {
            if (made.failed()) {
                ready.completeExceptionally(made.cause());
            } else {
                made.result()
                        .openHandler(opened -> attach(made.result(), ready))
                        .open();
            }
        });
        ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private void attach(ProtonConnection connection, CompletableFuture<Void> ready) {
        context = vertx.getOrCreateContext();
        for (Queue queue : Queue.values()) {
            ProtonSender sender = connection.createSender(queue.address);
            ((Target) sender.getTarget()).setCapabilities(Symbol.valueOf("queue"));
            sender.open();
            senders.put(queue, sender);
        }
        var receiver = connection.createReceiver(ENTRANCE);
        ((Source) receiver.getSource()).setCapabilities(Symbol.valueOf("queue"));
        receiver.handler((delivery, message) -> arrived(message))
                .openHandler(opened -> ready.complete(null))
                .open();
        vertx.setPeriodic(LOOK_MILLIS, look -> releaseIfQuiet());
    }

    /** From now on messages come twice, overtake each other, and have poison between them; or no longer. */
    void burn(boolean whether) {
        burning = whether;
    }

    /** Puts one poison of each kind into each queue; what is sent from now on comes behind it. */
    void spit() {
        CompletableFuture<Void> spat = new CompletableFuture<>();
        context.runOnContext(now -> {
            for (Queue queue : Queue.values()) {
                for (Poison kind : Poison.values()) {
                    senders.get(queue).send(poison(queue, kind));
                }
            }
            spat.complete(null);
        });
        spat.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The kinds of the poison that was handed on, by message id. */
    Map<String, Poison> poison() {
        return Map.copyOf(poison);
    }

    /** When each real message was first handed on, by {@code stream/partition/sequence}. */
    Map<String, HandedOn> handedOn() {
        return Map.copyOf(handedOn);
    }

    /** Messages that were handed on a second time. */
    long handedOnTwice() {
        return handedOnTwice;
    }

    private void arrived(Message message) {
        lastArrival = System.nanoTime();
        Queue queue = Queue.of(message);
        held.add(new Held(queue, message));
        if (!burning) {
            release(held.size());
            return;
        }
        if (random.nextDouble() < TWICE) {
            held.add(new Held(queue, message));
            handedOnTwice++;
        }
        for (Poison kind : Poison.values()) {
            if (random.nextDouble() < POISON_OF_EACH_KIND
                    && (kind != Poison.FIVE_MEGABYTES || large.merge(queue, 1, Integer::sum) <= MOST_LARGE)) {
                held.add(new Held(queue, poison(queue, kind)));
            }
        }
        release(held.size() - WINDOW);
    }

    private void releaseIfQuiet() {
        if (System.nanoTime() - lastArrival > QUIET_NANOS) {
            release(held.size());
        }
    }

    /** Hands so many of what is held on, whichever. */
    private void release(int count) {
        for (int i = 0; i < count; i++) {
            Collections.swap(held, random.nextInt(held.size()), held.size() - 1);
            Held next = held.removeLast();
            Map<String, Object> attributes =
                    next.message().getApplicationProperties().getValue();
            handedOn.putIfAbsent(
                    attributes.get("cloudEvents:stream") + "/" + attributes.get("cloudEvents:partition") + "/"
                            + attributes.get("cloudEvents:sequence"),
                    new HandedOn(Instant.now(), burning));
            senders.get(next.queue()).send(next.message());
        }
    }

    private Message poison(Queue queue, Poison kind) {
        String id = "POISON-" + kind + '-' + poison.size();
        poison.put(id, kind);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("cloudEvents:specversion", "1.0");
        attributes.put("cloudEvents:type", kind == Poison.UNKNOWN_TYPE ? "Nonsense" : queue.type);
        attributes.put("cloudEvents:stream", queue.stream);
        attributes.put("cloudEvents:partition", Partitions.of(SKU));
        attributes.put("cloudEvents:sequence", kind == Poison.WRONG_SEQUENCE ? 0L : 900_000L + poison.size());
        attributes.put("cloudEvents:epoch", 1L);
        attributes.put("cloudEvents:journal", 1L);
        String body = switch (kind) {
            case BAD_JSON -> queue.body.substring(0, queue.body.length() - 1);
            case WRONG_SCHEMA -> "{\"more\":1," + queue.body.substring(1);
            case NEGATIVE_QUANTITY -> queue.body.replace(":3", ":-3");
            case OVERFLOWING_QUANTITY -> queue.body.replace(":3", ":99999999999999999999");
            case FIVE_MEGABYTES -> "{\"x\":\"" + "x".repeat(LARGE_BYTES) + "\"}";
            case UNKNOWN_TYPE, UNKNOWN_KEY, WRONG_SEQUENCE -> queue.body;
        };
        Message message = Proton.message();
        message.setDurable(true);
        message.setMessageId(id);
        message.setContentType("application/json");
        message.setApplicationProperties(new ApplicationProperties(attributes));
        message.setBody(new Data(new Binary(body.getBytes(StandardCharsets.UTF_8))));
        return message;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
