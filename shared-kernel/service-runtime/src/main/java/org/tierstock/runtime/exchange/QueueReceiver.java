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
 * <p>A message is accepted when its taker is done with it, and only then is the broker given {@link Credit} for another: so
 * many are under way, and so many bytes, and no more. The receiver looks at no body. The reactive messaging connector does: it parses one that
 * says it is JSON, and leaves it unsettled where nobody sees it when that fails.
 */
final class QueueReceiver implements BrokerConnection.User {
    private static final Symbol QUEUE = Symbol.valueOf("queue");

    private final BrokerConnection connection;
    private final String queue;
    private final String address;
    private final Credit credit;
    private final Function<Delivery, CompletionStage<Void>> taker;

    /** Null while the broker lets it have no messages. Only touched on the connection's context, as the credit is. */
    private ProtonReceiver receiver;

    /** For other threads: whether there is a receiver. */
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
        this.credit = new Credit(underWay);
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
        ProtonReceiver opening = made.createReceiver(address);
        ((Source) opening.getSource()).setCapabilities(QUEUE);
        opening.setPrefetch(0)
                .setAutoAccept(false)
                .handler((delivery, message) -> take(made, delivery, message))
                .closeHandler(end -> connection.lost(made, end.cause()))
                .detachHandler(end -> connection.lost(made, end.cause()))
                .openHandler(opened -> {
                    if (opened.succeeded()) {
                        connection.established();
                        receiver = opening;
                        receiving = true;
                        credit.reconnected();
                        grant();
                    } else {
                        connection.lost(made, opened.cause());
                    }
                })
                .open();
    }

    @Override
    public void disconnected() {
        receiver = null;
        receiving = false;
    }

    private void take(ProtonConnection made, ProtonDelivery delivery, Message message) {
        if (!connection.isPresent(made)) {
            return;
        }
        Delivery taken = Delivery.of(queue, message);
        long size = taken.size();
        credit.came(size);
        taker.apply(taken)
                .thenRun(() -> connection.run(() -> {
                    if (connection.isPresent(made)) {
                        delivery.disposition(Accepted.getInstance(), true);
                        credit.settled(size);
                    } else {
                        credit.forgotten(size);
                    }
                    grant();
                }));
        if (credit.overdrawn()) {
            connection.lost(made, new IllegalStateException("more bytes are under way than there is room for"));
        }
    }

    private void grant() {
        int more = receiver == null ? 0 : credit.grant();
        if (more > 0) {
            receiver.flow(more);
        }
    }
}
