package org.tierstock.runtime.exchange;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.movements.StreamPosition;

/** Sends messages to the broker as CloudEvents in binary mode, durable, and waits until it has stored them. */
@ApplicationScoped
public class BrokerCarrier implements Carrier {
    private static final String CONTENT_TYPE = "application/json";

    /** A broker that has not stored a batch by then is asked again on a new connection. */
    private static final int PATIENCE_SECONDS = 10;

    private static final Logger LOG = Logger.getLogger(BrokerCarrier.class);

    private final QueueSender sender;
    private final String source;

    /** What the broker refused when it was last sent, of what this replica still has to send: told once. */
    private final Set<StreamPosition> refusedBefore = ConcurrentHashMap.newKeySet();

    @Inject
    public BrokerCarrier(
            Vertx vertx,
            BrokerSettings broker,
            @ConfigProperty(name = "tierstock.queue.out") String queue,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.sender = new QueueSender(vertx, broker.address(), queue);
        this.source = source;
    }

    /** For the container's proxy. */
    protected BrokerCarrier() {
        this.sender = null;
        this.source = null;
    }

    void open(@Observes StartupEvent event) {
        sender.open();
    }

    @PreDestroy
    void close() {
        sender.close();
    }

    /** The queue that messages should be sent to and at the moment cannot be. */
    public Optional<String> unreachable() {
        return sender.sending() ? Optional.empty() : Optional.of(sender.address());
    }

    @Override
    public String name() {
        return BROKER;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A message that the broker refuses holds up what stands behind it in its stream partition, and nothing else; a broker that
     * refuses all is as good as none.
     *
     * @throws QueueSender.NotStored when no message is known to be stored
     */
    @Override
    public Set<StreamPosition> carry(List<OutboxRow> rows) {
        // What is refused is in every batch until it is stored, or until another replica has to send it.
        refusedBefore.retainAll(rows.stream().map(OutboxRow::position).collect(Collectors.toSet()));
        Map<Integer, String> refused = sent(rows.stream().map(this::message).toList());
        if (refused.size() == rows.size() && !rows.isEmpty()) {
            throw new QueueSender.NotStored("The broker answered " + refused.get(0));
        }
        Set<StreamPosition> missing = new HashSet<>();
        for (int place = 0; place < rows.size(); place++) {
            OutboxRow row = rows.get(place);
            String answer = refused.get(place);
            if (answer == null) {
                refusedBefore.remove(row.position());
            } else {
                missing.add(row.position());
                tell(row, answer);
            }
        }
        return missing;
    }

    private void tell(OutboxRow row, String answer) {
        if (refusedBefore.add(row.position())) {
            LOG.warnf("The broker refuses message %s, which is sent again and again: %s", row.id(), answer);
        }
    }

    private Map<Integer, String> sent(List<Message> messages) {
        try {
            return sender.send(messages).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            sender.startOver(e);
            throw new QueueSender.NotStored("The broker has not stored a batch within " + PATIENCE_SECONDS + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueueSender.NotStored("Interrupted");
        }
    }

    private Message message(OutboxRow row) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(CloudEvent.SPEC_VERSION, "1.0");
        attributes.put(CloudEvent.ID, row.id());
        attributes.put(CloudEvent.SOURCE, "/tierstock/" + source);
        attributes.put(CloudEvent.TYPE, row.type());
        attributes.put(CloudEvent.SUBJECT, row.subject());
        attributes.put(CloudEvent.TIME, row.writtenAt().toString());
        attributes.put(CloudEvent.STREAM, row.position().stream());
        attributes.put(CloudEvent.PARTITION, row.position().partition());
        attributes.put(CloudEvent.SEQUENCE, row.position().sequence());
        attributes.put(CloudEvent.EPOCH, row.epoch());
        attributes.put(CloudEvent.JOURNAL, row.journal());
        attributes.put(CloudEvent.TRACE_PARENT, row.traceParent());
        Message message = Proton.message();
        message.setDurable(true);
        message.setMessageId(row.id());
        message.setSubject(row.subject());
        message.setContentType(CONTENT_TYPE);
        message.setApplicationProperties(new ApplicationProperties(attributes));
        message.setBody(new Data(new Binary(row.payload().getBytes(StandardCharsets.UTF_8))));
        return message;
    }
}
