package org.tierstock.runtime.exchange;

import io.vertx.core.Vertx;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.message.Message;

/**
 * Receives one queue for as long as the service runs.
 *
 * <p>A message is accepted when its taker is done with it, and only then is the broker given credit for another: so many
 * are under way, and no more. The receiver looks at no body. The reactive messaging connector does: it parses one that
 * says it is JSON, and leaves it unsettled where nobody sees it when that fails.
 */
final class QueueReceiver implements BrokerConnection.User {
    private static final Symbol QUEUE = Symbol.valueOf("queue");

    private final BrokerConnection connection;
    private final String queue;
    private final String address;
    private final int underWay;
    private final Function<Delivery, CompletionStage<Void>> taker;

    /** Also read by other threads. */
    private volatile boolean receiving;

    /**
     * A receiver that is still to be opened.
     *
     * @param queue what deliveries say they come from
     * @param address the queue's name at the broker
     * @param underWay the most messages that the taker has at once
     * @param taker completes when the message may be forgotten by the broker; never fails
     */
    QueueReceiver(
            Vertx vertx,
            BrokerAddress broker,
            String queue,
            String address,
            int underWay,
            Function<Delivery, CompletionStage<Void>> taker) {
        this.connection = new BrokerConnection(vertx, broker, "receiving " + address, this);
        this.queue = queue;
        this.address = address;
        this.underWay = underWay;
        this.taker = taker;
    }

    void open() {
        connection.open();
    }

    /** True while the broker lets it have messages. */
    boolean receiving() {
        return receiving;
    }

    /** The queue's name at the broker. */
    String address() {
        return address;
    }

    /** What is under way is delivered again, to another replica. */
    void close() {
        connection.close();
    }

    @Override
    public void connected(ProtonConnection made) {
        ProtonReceiver receiver = made.createReceiver(address);
        ((Source) receiver.getSource()).setCapabilities(QUEUE);
        receiver.setPrefetch(0)
                .setAutoAccept(false)
                .handler((delivery, message) -> take(made, receiver, delivery, message))
                .closeHandler(end -> connection.lost(made, end.cause()))
                .detachHandler(end -> connection.lost(made, end.cause()))
                .openHandler(opened -> {
                    if (opened.succeeded()) {
                        connection.established();
                        receiving = true;
                        receiver.flow(underWay);
                    } else {
                        connection.lost(made, opened.cause());
                    }
                })
                .open();
    }

    @Override
    public void disconnected() {
        receiving = false;
    }

    private void take(ProtonConnection made, ProtonReceiver receiver, ProtonDelivery delivery, Message message) {
        taker.apply(Delivery.of(queue, message))
                .thenRun(() -> connection.run(() -> {
                    if (connection.isPresent(made)) {
                        delivery.disposition(Accepted.getInstance(), true);
                        receiver.flow(1);
                    }
                }));
    }
}
