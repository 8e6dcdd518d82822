package org.tierstock.runtime.exchange;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Sends messages to the broker as CloudEvents in binary mode, durable, and waits until it has stored them.
 *
 * <p>What was given to the channel and has no answer yet is not given to it again: the channel keeps it, for as long as
 * the broker is away. So it never keeps more than one batch.
 */
@ApplicationScoped
public class BrokerCarrier implements Carrier {
    private static final String CONTENT_TYPE = "application/json";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MutinyEmitter<byte[]> emitter;
    private final String source;
    private final Duration patience;

    /** By message id. Only the relay's loop of this carrier adds and forgets. */
    private final Map<String, CompletableFuture<Void>> unanswered = new HashMap<>();

    @Inject
    public BrokerCarrier(
            @Channel("messages-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this(emitter, source, PATIENCE);
    }

    BrokerCarrier(MutinyEmitter<byte[]> emitter, String source, Duration patience) {
        this.emitter = emitter;
        this.source = source;
        this.patience = patience;
    }

    @Override
    public String name() {
        return BROKER;
    }

    @Override
    public void carry(List<OutboxRow> rows) {
        unanswered.values().removeIf(CompletableFuture::isDone);
        List<CompletableFuture<Void>> sent = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            sent.add(unanswered.computeIfAbsent(
                    row.id(), id -> emitter.sendMessage(message(row)).subscribeAsCompletionStage()));
        }
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not take a message", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The broker has not answered within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the broker is waited for", e);
        }
    }

    private Message<byte[]> message(OutboxRow row) {
        OutgoingAmqpMetadata metadata = OutgoingAmqpMetadata.builder()
                .withDurable(true)
                .withMessageId(row.id())
                .withSubject(row.subject())
                .withContentType(CONTENT_TYPE)
                .withApplicationProperties(new JsonObject()
                        .put(CloudEvent.SPEC_VERSION, "1.0")
                        .put(CloudEvent.ID, row.id())
                        .put(CloudEvent.SOURCE, "/tierstock/" + source)
                        .put(CloudEvent.TYPE, row.type())
                        .put(CloudEvent.SUBJECT, row.subject())
                        .put(CloudEvent.TIME, row.writtenAt().toString())
                        .put(CloudEvent.STREAM, row.position().stream())
                        .put(CloudEvent.PARTITION, row.position().partition())
                        .put(CloudEvent.SEQUENCE, row.position().sequence())
                        .put(CloudEvent.EPOCH, row.epoch())
                        .put(CloudEvent.JOURNAL, row.journal())
                        .put(CloudEvent.TRACE_PARENT, row.traceParent()))
                .build();
        return Message.of(row.payload().getBytes(StandardCharsets.UTF_8), Metadata.of(metadata));
    }
}
