package org.tierstock.runtime.exchange;

import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.fence.Fence;

/** The receivers of a service. The address of a queue is {@code tierstock.queue.NAME}, by default {@code tierstock.NAME}. */
@ApplicationScoped
public class QueueReceivers {
    /** How many messages of one queue may be under way. */
    private static final int UNDER_WAY = 2_000;

    private final Vertx vertx;
    private final Config config;
    private final BrokerSettings broker;
    private final Fence fence;
    private final long mostBytes;
    private final List<QueueReceiver> receivers = new CopyOnWriteArrayList<>();

    /**
     * Takes its bound.
     *
     * @param mostBytes the largest message that is received, with all its properties; a layer sends none of 64 KiB
     */
    @Inject
    public QueueReceivers(
            Vertx vertx,
            Config config,
            BrokerSettings broker,
            Fence fence,
            @ConfigProperty(name = "tierstock.exchange.most-message-bytes", defaultValue = "16777216") long mostBytes) {
        this.vertx = vertx;
        this.config = config;
        this.broker = broker;
        this.fence = fence;
        this.mostBytes = mostBytes;
    }

    /** For the container's proxy. */
    protected QueueReceivers() {
        this(null, null, null, null, 0);
    }

    /**
     * Begins to receive a queue, once the fence is open.
     *
     * @param taker completes when the message may be forgotten by the broker; never fails
     * @param tooLarge is told the largest size when a message was larger, of which nothing was read
     */
    void open(String queue, Function<Delivery, CompletionStage<Void>> taker, LongConsumer tooLarge) {
        String address = config.getOptionalValue("tierstock.queue." + queue, String.class)
                .orElse("tierstock." + queue);
        QueueReceiver receiver =
                new QueueReceiver(vertx, broker.address(), queue, address, UNDER_WAY, mostBytes, taker, tooLarge);
        receivers.add(receiver);
        fence.whenOpen(receiver::open);
    }

    /** The addresses of the queues that should be received and at the moment are not. */
    public List<String> silent() {
        return receivers.stream()
                .filter(receiver -> !receiver.receiving())
                .map(QueueReceiver::address)
                .toList();
    }

    @PreDestroy
    void close() {
        receivers.forEach(QueueReceiver::close);
    }
}
