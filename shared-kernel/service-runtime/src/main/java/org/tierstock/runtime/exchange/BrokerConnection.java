package org.tierstock.runtime.exchange;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonClientOptions;
import io.vertx.proton.ProtonConnection;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * A connection to the broker by AMQP 1.0 for as long as the service runs: one that is lost is made again. What uses it is
 * told on one context, and touches it only there.
 */
final class BrokerConnection {
    private static final Logger LOG = Logger.getLogger(BrokerConnection.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** A broker that takes a connection and never says that it can be used is given up after so long. */
    private static final long ESTABLISH_TIMEOUT_MILLIS = 5_000;

    /** A broker that says nothing for twice as long is given up. */
    private static final int HEARTBEAT_MILLIS = 5_000;

    private static final long PAUSE_MILLIS = 1_000;

    /** What the connection is for. */
    interface User {
        /** A connection stands. Calls {@link #established} once it can be used, and {@link #lost} if that fails. */
        void connected(ProtonConnection made);

        /** The connection is gone, with everything that was under way on it. */
        void disconnected();
    }

    private final Vertx vertx;
    private final Context context;
    private final BrokerAddress broker;
    private final String purpose;
    private final User user;

    /** Null while there is none. Only touched on the context. */
    private ProtonConnection connection;

    /** The number of the present attempt to connect: what comes of an earlier one comes too late. */
    private long attempt;

    private boolean established;
    private boolean silent;
    private boolean closed;

    /**
     * A connection that is still to be opened.
     *
     * @param purpose what for, in the log: {@code receiving a-queue}
     */
    BrokerConnection(Vertx vertx, BrokerAddress broker, String purpose, User user) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.broker = broker;
        this.purpose = purpose;
        this.user = user;
    }

    void open() {
        run(this::connect);
    }

    void close() {
        run(() -> {
            closed = true;
            if (connection != null) {
                connection.close();
            }
        });
    }

    /** Does something on the context. */
    void run(Runnable step) {
        context.runOnContext(now -> step.run());
    }

    /** The user can work with the present connection. */
    void established() {
        if (!established) {
            LOG.infof("Connected to the broker for %s", purpose);
        }
        established = true;
        silent = false;
    }

    /** Connects again after a pause, if this connection is still the present one. */
    void lost(ProtonConnection ended, Throwable cause) {
        if (closed || ended != connection) {
            return;
        }
        connection = null;
        established = false;
        attempt++;
        user.disconnected();
        if (ended != null) {
            ended.disconnect();
        }
        if (!silent) {
            LOG.warnf(
                    "Not connected to the broker for %s, and tries again every %d ms: %s",
                    purpose, PAUSE_MILLIS, cause == null ? "disconnected" : cause.toString());
            silent = true;
        }
        vertx.setTimer(PAUSE_MILLIS, timer -> connect());
    }

    private void connect() {
        if (closed) {
            return;
        }
        long present = attempt;
        ProtonClientOptions options = new ProtonClientOptions();
        options.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        options.setHeartbeat(HEARTBEAT_MILLIS);
        broker.secure(options);
        ProtonClient.create(vertx)
                .connect(options, broker.host(), broker.port(), broker.user(), broker.password(), connected -> {
                    if (present != attempt || closed) {
                        if (connected.succeeded()) {
                            connected.result().disconnect();
                        }
                    } else if (connected.succeeded()) {
                        greet(connected.result());
                    } else {
                        lost(null, connected.cause());
                    }
                });
        vertx.setTimer(ESTABLISH_TIMEOUT_MILLIS, timer -> {
            if (present == attempt && !established) {
                lost(connection, new TimeoutException("the broker has not greeted"));
            }
        });
    }

    private void greet(ProtonConnection made) {
        connection = made;
        made.closeHandler(end -> lost(made, end.cause()))
                .disconnectHandler(end -> lost(made, null))
                .openHandler(opened -> {
                    if (opened.succeeded()) {
                        user.connected(made);
                    } else {
                        lost(made, opened.cause());
                    }
                })
                .open();
    }
}
