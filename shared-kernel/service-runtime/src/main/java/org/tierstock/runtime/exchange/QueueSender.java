package org.tierstock.runtime.exchange;

import io.vertx.core.Vertx;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonSender;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/**
 * Sends to one queue for as long as the service runs.
 *
 * <p>What is under way when the connection is lost fails at once, for whoever sends to send again. The reactive messaging
 * connector keeps it waiting, and the next batch with it, long after the broker is back.
 */
final class QueueSender implements BrokerConnection.User {
    private static final Symbol QUEUE = Symbol.valueOf("queue");

    /** Messages sent together, of which so many are not answered yet, and what the broker said of those that it refused. */
    private static final class Batch {
        private final CompletableFuture<Map<Integer, String>> answered = new CompletableFuture<>();
        private final Map<Integer, String> refused = new TreeMap<>();
        private int missing;
    }

    private final BrokerConnection connection;
    private final String address;

    /** Null while there is none. This and the next two only touched on the context. */
    private ProtonSender sender;

    private ProtonConnection present;
    private final Set<Batch> underWay = new HashSet<>();

    /** Also read by other threads. */
    private volatile boolean sending;

    /**
     * A sender that is still to be opened.
     *
     * @param address the queue's name at the broker
     */
    QueueSender(Vertx vertx, BrokerAddress broker, String address) {
        this.connection = new BrokerConnection(vertx, broker, "sending to " + address, this);
        this.address = address;
    }

    void open() {
        connection.open();
    }

    /** True while the broker takes messages. */
    boolean sending() {
        return sending;
    }

    /** The queue's name at the broker. */
    String address() {
        return address;
    }

    void close() {
        connection.close();
    }

    /**
     * Sends messages in this order.
     *
     * @return completes when the broker has answered all of them, with what it said of those that it refuses, by their places
     *     in the list: the others are stored; fails when it is not known that any is
     */
    CompletableFuture<Map<Integer, String>> send(List<Message> messages) {
        Batch batch = new Batch();
        connection.run(() -> send(messages, batch));
        return batch.answered;
    }

    /** Gives up the present connection, which keeps messages waiting, for another. */
    void startOver(Throwable cause) {
        connection.run(() -> {
            if (present != null) {
                connection.lost(present, cause);
            }
        });
    }

    private void send(List<Message> messages, Batch batch) {
        if (sender == null) {
            batch.answered.completeExceptionally(new NotStored("There is no connection to the broker"));
            return;
        }
        underWay.add(batch);
        batch.missing = messages.size();
        for (int i = 0; i < messages.size(); i++) {
            int place = i;
            sender.send(messages.get(i), delivery -> answered(batch, place, delivery));
        }
    }

    private void answered(Batch batch, int place, ProtonDelivery delivery) {
        if (!(delivery.getRemoteState() instanceof Accepted)) {
            batch.refused.put(place, String.valueOf(delivery.getRemoteState()));
        }
        if (--batch.missing == 0) {
            underWay.remove(batch);
            batch.answered.complete(batch.refused);
        }
    }

    private void fail(Batch batch, String why) {
        underWay.remove(batch);
        batch.answered.completeExceptionally(new NotStored(why));
    }

    @Override
    public void connected(ProtonConnection made) {
        ProtonSender opening = made.createSender(address);
        ((Target) opening.getTarget()).setCapabilities(QUEUE);
        opening.closeHandler(end -> connection.lost(made, end.cause()))
                .detachHandler(end -> connection.lost(made, end.cause()))
                .openHandler(opened -> {
                    if (opened.succeeded()) {
                        connection.established();
                        present = made;
                        sender = opening;
                        sending = true;
                    } else {
                        connection.lost(made, opened.cause());
                    }
                })
                .open();
    }

    @Override
    public void disconnected() {
        sending = false;
        sender = null;
        present = null;
        List<Batch> interrupted = new ArrayList<>(underWay);
        interrupted.forEach(batch -> fail(batch, "The connection to the broker was lost"));
    }

    /** It is not known that the broker has the messages. */
    static final class NotStored extends RuntimeException {
        NotStored(String message) {
            super(message);
        }
    }
}
