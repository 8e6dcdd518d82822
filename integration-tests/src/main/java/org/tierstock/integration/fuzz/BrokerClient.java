package org.tierstock.integration.fuzz;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonSender;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;
import org.tierstock.local.BrokerAddress;

/** Puts messages of any kind into a queue, as somebody could who is no Tierstock service. */
public final class BrokerClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final ProtonConnection connection;

    /** The one thread of the connection. All of it, and of its links, happens there. */
    private final Context context;

    private final Map<String, ProtonSender> senders = new HashMap<>();

    public BrokerClient(BrokerAddress broker) {
        CompletableFuture<ProtonConnection> connected = new CompletableFuture<>();
        context = vertx.getOrCreateContext();
        context.runOnContext(now -> ProtonClient.create(vertx)
                .connect(broker.host(), broker.port(), broker.user(), broker.password(), made -> {
                    if (made.failed()) {
                        connected.completeExceptionally(made.cause());
                    } else {
                        made.result()
                                .openHandler(opened -> connected.complete(made.result()))
                                .open();
                    }
                }));
        connection = await(connected);
    }

    /** Sends a message; returns when the broker has stored it. */
    public void send(String queue, String id, String contentType, Map<String, Object> properties, Section body) {
        Message message = Proton.message();
        message.setDurable(true);
        message.setMessageId(id);
        message.setContentType(contentType);
        message.setApplicationProperties(new ApplicationProperties(properties));
        message.setBody(body);
        CompletableFuture<Void> stored = new CompletableFuture<>();
        context.runOnContext(now -> {
            try {
                senders.computeIfAbsent(queue, this::open).send(message, delivery -> {
                    if (delivery.getRemoteState() instanceof Accepted) {
                        stored.complete(null);
                    } else {
                        stored.completeExceptionally(
                                new IllegalStateException("The broker answered " + delivery.getRemoteState()));
                    }
                });
            } catch (RuntimeException e) {
                stored.completeExceptionally(e);
            }
        });
        await(stored);
    }

    /** One link for all messages to a queue. */
    private ProtonSender open(String queue) {
        ProtonSender sender = connection.createSender(queue);
        ((Target) sender.getTarget()).setCapabilities(Symbol.valueOf("queue"));
        return sender.open();
    }

    @Override
    public void close() {
        vertx.close();
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
