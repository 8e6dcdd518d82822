package org.tierstock.integration;

import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonSender;
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
final class BrokerClient implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final ProtonConnection connection;

    BrokerClient(BrokerAddress broker) {
        CompletableFuture<ProtonConnection> connected = new CompletableFuture<>();
        ProtonClient.create(vertx).connect(broker.host(), broker.port(), broker.user(), broker.password(), made -> {
            if (made.failed()) {
                connected.completeExceptionally(made.cause());
            } else {
                made.result()
                        .openHandler(opened -> connected.complete(made.result()))
                        .open();
            }
        });
        connection = await(connected);
    }

    /** Sends a message; returns when the broker has stored it. */
    void send(String queue, String id, String contentType, Map<String, Object> properties, Section body) {
        Message message = Proton.message();
        message.setDurable(true);
        message.setMessageId(id);
        message.setContentType(contentType);
        message.setApplicationProperties(new ApplicationProperties(properties));
        message.setBody(body);
        CompletableFuture<Void> stored = new CompletableFuture<>();
        vertx.runOnContext(now -> {
            ProtonSender sender = connection.createSender(queue);
            ((Target) sender.getTarget()).setCapabilities(Symbol.valueOf("queue"));
            sender.openHandler(opened -> sender.send(message, delivery -> {
                        if (delivery.getRemoteState() instanceof Accepted) {
                            stored.complete(null);
                        } else {
                            stored.completeExceptionally(
                                    new IllegalStateException("The broker answered " + delivery.getRemoteState()));
                        }
                        sender.close();
                    }))
                    .open();
        });
        await(stored);
    }

    @Override
    public void close() {
        vertx.close();
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
