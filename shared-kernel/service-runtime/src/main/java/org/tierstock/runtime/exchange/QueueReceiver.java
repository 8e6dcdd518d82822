package org.tierstock.runtime.exchange;

import io.vertx.core.Vertx;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.impl.ProtonReceiverImpl;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.amqp.transport.LinkError;
import org.apache.qpid.proton.message.Message;

/**
 * Receives one queue for as long as the service runs.
 *
 * <p>A message is accepted when its taker is done with it, and only then is the broker given {@link Credit} for another: so
 * many are under way, and so many bytes, and no more. The receiver looks at no body. The reactive messaging connector does: it parses one that
 * says it is JSON, and leaves it unsettled where nobody sees it when that fails.
 *
 * <p>A message may be larger than all that a replica has memory for, and a broker brings it again and again to one after the
 * other. So each link has a largest message: as soon as more of one has come, what has come of it is let go, the broker is told
 * that it is rejected, and what stands behind it comes by another link.
 */
final class QueueReceiver implements BrokerConnection.User {
    private static final Symbol QUEUE = Symbol.valueOf("queue");

    private final BrokerConnection connection;
    private final String queue;
    private final String address;
    private final Credit credit;
    private final long mostBytes;
    private final Function<Delivery, CompletionStage<Void>> taker;
    private final LongConsumer tooLarge;

    /** The last link that was asked for. Only touched on the connection's context, as the receiver and the credit are. */
    private ProtonReceiver link;

    /** The same when it is open; null while the broker lets it have no messages. */
    private ProtonReceiver receiver;

    /** For other threads: whether there is a receiver. */
    private volatile boolean receiving;

    /**
     * A receiver that is still to be opened.
     *
     * @param queue what deliveries say they come from
     * @param address the queue's name at the broker
     * @param underWay the most messages that the taker has at once
     * @param mostBytes the largest message that is received, with all its properties
     * @param taker completes when the message may be forgotten by the broker; never fails
     * @param tooLarge is told that bound when a message has come beyond it: nothing of it was read
     */
    QueueReceiver(
            Vertx vertx,
            BrokerAddress broker,
            String queue,
            String address,
            int underWay,
            long mostBytes,
            Function<Delivery, CompletionStage<Void>> taker,
            LongConsumer tooLarge) {
        this.connection = new BrokerConnection(vertx, broker, "receiving " + address, this);
        this.queue = queue;
        this.address = address;
        this.credit = new Credit(underWay);
        this.mostBytes = mostBytes;
        this.taker = taker;
        this.tooLarge = tooLarge;
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
        link = opening;
        ((Source) opening.getSource()).setCapabilities(QUEUE);
        opening.setMaxMessageSize(UnsignedLong.valueOf(mostBytes));
        opening.setPrefetch(0)
                .setAutoAccept(false)
                .maxMessageSizeExceededHandler(grown -> reject(made, opening))
                .handler((delivery, message) -> take(made, opening, delivery, message))
                .closeHandler(end -> ended(made, opening, end.cause()))
                .detachHandler(end -> ended(made, opening, end.cause()))
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
        link = null;
        receiver = null;
        receiving = false;
    }

    /** A link that was given up for another has ended: the broker has agreed. */
    private void ended(ProtonConnection made, ProtonReceiver ended, Throwable cause) {
        if (ended == link) {
            connection.lost(made, cause);
        } else {
            ended.free();
        }
    }

    /**
     * Has the broker never bring again what is coming by this link and is too large. It is not settled here: more of it may be on
     * its way, and has to belong to something. The link ends with it, and another takes its place.
     */
    private void reject(ProtonConnection made, ProtonReceiver from) {
        if (from != link) {
            return;
        }
        Rejected rejected = new Rejected();
        rejected.setError(
                new ErrorCondition(LinkError.MESSAGE_SIZE_EXCEEDED, "It is larger than " + mostBytes + " bytes"));
        // No interface of the library leads to what is coming.
        ((ProtonReceiverImpl) from).current().disposition(rejected);
        from.close();
        disconnected();
        connected(made);
        tooLarge.accept(mostBytes);
    }

    private void take(ProtonConnection made, ProtonReceiver from, ProtonDelivery delivery, Message message) {
        if (from != receiver) {
            return;
        }
        Delivery taken = Delivery.of(queue, message);
        long size = taken.size();
        credit.came(size);
        taker.apply(taken)
                .thenRun(() -> connection.run(() -> {
                    if (from == receiver) {
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
