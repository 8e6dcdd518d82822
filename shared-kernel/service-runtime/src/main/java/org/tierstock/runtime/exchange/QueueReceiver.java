package org.tierstock.runtime.exchange;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonClientOptions;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.message.Message;
import org.jboss.logging.Logger;

/**
 * Receives one queue by AMQP 1.0, for as long as the service runs: a lost connection is made again.
 *
 * <p>A message is accepted when its taker is done with it, and only then is the broker given credit for another: so many
 * are under way, and no more. The receiver looks at no body. The reactive messaging connector does: it parses one that
 * says it is JSON, and leaves it unsettled where nobody sees it when that fails.
 */
final class QueueReceiver {
    private static final Logger LOG = Logger.getLogger(QueueReceiver.class);
    private static final Symbol QUEUE = Symbol.valueOf("queue");
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int HEARTBEAT_MILLIS = 10_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final BrokerAddress broker;
    private final String queue;
    private final String address;
    private final int underWay;
    private final Function<Delivery, CompletionStage<Void>> taker;

    /** Null while there is none. Only touched on the context. */
    private ProtonConnection connection;

    private boolean lost;

    /** Also read by other threads. */
    private volatile boolean receiving;

    private boolean closed;

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
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.broker = broker;
        this.queue = queue;
        this.address = address;
        this.underWay = underWay;
        this.taker = taker;
    }

    void open() {
        context.runOnContext(now -> connect());
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
        context.runOnContext(now -> {
            closed = true;
            if (connection != null) {
                connection.close();
            }
        });
    }

    private void connect() {
        if (closed) {
            return;
        }
        ProtonClientOptions options = new ProtonClientOptions();
        options.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        options.setHeartbeat(HEARTBEAT_MILLIS);
        ProtonClient.create(vertx)
                .connect(options, broker.host(), broker.port(), broker.user(), broker.password(), connected -> {
                    if (connected.succeeded()) {
                        greet(connected.result());
                    } else {
                        again(null, connected.cause());
                    }
                });
    }

    private void greet(ProtonConnection made) {
        connection = made;
        made.closeHandler(end -> again(made, end.cause()))
                .disconnectHandler(end -> again(made, null))
                .openHandler(opened -> {
                    if (opened.succeeded()) {
                        attach(made);
                    } else {
                        again(made, opened.cause());
                    }
                })
                .open();
        vertx.setTimer(CONNECT_TIMEOUT_MILLIS, timer -> {
            if (made == connection && !receiving) {
                again(made, new TimeoutException("the broker greets nobody"));
            }
        });
    }

    private void attach(ProtonConnection made) {
        ProtonReceiver receiver = made.createReceiver(address);
        ((Source) receiver.getSource()).setCapabilities(QUEUE);
        receiver.setPrefetch(0)
                .setAutoAccept(false)
                .handler((delivery, message) -> take(made, receiver, delivery, message))
                .closeHandler(end -> again(made, end.cause()))
                .detachHandler(end -> again(made, end.cause()))
                .openHandler(opened -> {
                    if (opened.succeeded()) {
                        LOG.infof("Receives %s", address);
                        lost = false;
                        receiving = true;
                        receiver.flow(underWay);
                    } else {
                        again(made, opened.cause());
                    }
                })
                .open();
    }

    private void take(ProtonConnection made, ProtonReceiver receiver, ProtonDelivery delivery, Message message) {
        taker.apply(Delivery.of(queue, message))
                .thenRun(() -> context.runOnContext(now -> {
                    if (connection == made) {
                        delivery.disposition(Accepted.getInstance(), true);
                        receiver.flow(1);
                    }
                }));
    }

    /** Connects again after a pause, if this connection is still the present one. */
    private void again(ProtonConnection ended, Throwable cause) {
        if (closed || ended != connection) {
            return;
        }
        connection = null;
        receiving = false;
        if (ended != null) {
            ended.disconnect();
        }
        if (!lost) {
            LOG.warnf(
                    "Does not receive %s, and tries again every %d ms: %s",
                    address, PAUSE_MILLIS, cause == null ? "disconnected" : cause.toString());
            lost = true;
        }
        vertx.setTimer(PAUSE_MILLIS, timer -> connect());
    }
}
