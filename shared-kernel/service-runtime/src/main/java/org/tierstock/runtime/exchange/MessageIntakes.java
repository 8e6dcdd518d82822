package org.tierstock.runtime.exchange;

import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.tierstock.runtime.posting.GroupCommits;

/** The intakes of a service: one a queue, made by its consumers. */
@ApplicationScoped
public class MessageIntakes {
    /** How many messages of one queue may be under way. */
    static final int UNDER_WAY = 2_000;

    /** Applies messages in one transaction: admits them to the inbox and has their effects. */
    @FunctionalInterface
    public interface Effects<M extends org.tierstock.movements.protocol.Message> {
        /** @throws CannotApply when one of them cannot be applied as things stand; then none is */
        void apply(List<Received<M>> messages);
    }

    /** Takes what the connector delivers from one queue. */
    @FunctionalInterface
    public interface Entrance {
        /** Takes a message over: it is acknowledged after its effect is durable. Completes when there is room for more. */
        CompletionStage<Void> take(Message<?> message);
    }

    private final GroupCommits groupCommits;
    private final ParkedMessages parked;
    private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, MessageIntake<?>> intakes = new ConcurrentHashMap<>();

    @Inject
    public MessageIntakes(GroupCommits groupCommits, ParkedMessages parked) {
        this.groupCommits = groupCommits;
        this.parked = parked;
    }

    /**
     * Opens the entrance for a queue.
     *
     * @param queue the channel's name, which also names its parked messages
     * @param effects the transactional use case
     */
    public <M extends org.tierstock.movements.protocol.Message> Entrance open(
            String queue, Class<M> accepted, Effects<M> effects) {
        MessageIntake<M> intake = new MessageIntake<>(
                queue,
                accepted,
                groupCommits.of(queue, messages -> {
                    effects.apply(messages);
                    return MessageIntake.applied(messages);
                }),
                parked,
                blocking);
        if (intakes.putIfAbsent(queue, intake) != null) {
            throw new IllegalStateException("The queue has two consumers: " + queue);
        }
        Semaphore room = new Semaphore(UNDER_WAY);
        return message -> {
            Delivery delivery = delivery(queue, message);
            boolean entered = room.tryAcquire();
            CompletableFuture<Void> done = intake.take(delivery)
                    .thenCompose(nothing -> message.ack())
                    .whenComplete((nothing, failure) -> {
                        if (entered) {
                            room.release();
                        }
                    })
                    .toCompletableFuture();
            return entered ? CompletableFuture.completedStage(null) : done;
        };
    }

    /** The intake of a queue, to replay what was parked from it. */
    Optional<MessageIntake<?>> of(String queue) {
        return Optional.ofNullable(intakes.get(queue));
    }

    private static Delivery delivery(String queue, Message<?> message) {
        IncomingAmqpMetadata metadata = message.getMetadata(IncomingAmqpMetadata.class)
                .orElseThrow(() -> new IllegalStateException("Not from the AMQP connector: " + message));
        JsonObject properties = metadata.getProperties() == null ? new JsonObject() : metadata.getProperties();
        String id = metadata.getId() == null ? "none-" + UUID.randomUUID() : metadata.getId();
        return new Delivery(queue, id, properties, bytes(message.getPayload()));
    }

    /** The body, whatever the connector has made of it. */
    private static byte[] bytes(Object payload) {
        return switch (payload) {
            case byte[] bytes -> bytes;
            case Buffer buffer -> buffer.getBytes();
            case io.vertx.mutiny.core.buffer.Buffer buffer -> buffer.getBytes();
            case null -> new byte[0];
            default -> payload.toString().getBytes(StandardCharsets.UTF_8);
        };
    }
}
