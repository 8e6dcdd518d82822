package org.tierstock.runtime.exchange;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends messages to the broker as CloudEvents in binary mode, durable, and waits until it has stored them. */
@ApplicationScoped
public class BrokerCarrier implements Carrier {
    private static final String CONTENT_TYPE = "application/json";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MutinyEmitter<byte[]> emitter;
    private final String source;

    @Inject
    public BrokerCarrier(
            @Channel("messages-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.emitter = emitter;
        this.source = source;
    }

    @Override
    public String name() {
        return BROKER;
    }

    @Override
    public void carry(List<OutboxRow> rows) {
        List<Uni<Void>> sent = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            sent.add(emitter.sendMessage(message(row)));
        }
        Uni.join().all(sent).andFailFast().await().atMost(PATIENCE);
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
