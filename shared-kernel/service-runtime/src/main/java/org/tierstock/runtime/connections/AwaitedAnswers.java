package org.tierstock.runtime.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps connections on which the service owes an answer, and no others for long.
 *
 * <p>The server closes every connection on which nothing has moved for {@code tierstock.http.idle}: one that sends nothing,
 * or half a request, one that was kept for a next request, one whose caller takes no more of its answer. A request that was
 * read whole and is still worked on is silent too, but it is the caller who waits then, so its connection stays. So does one
 * whose caller takes a large piece of an answer slowly: nothing is told of it before the piece is gone, so what has gone of it
 * is looked at from silence to silence, and a caller who takes nothing has up to two of them. {@link SendBuffers} has the
 * platform tell in time that something was taken.
 *
 * <p>A caller that sends a byte now and then is never silent. So a request must be whole within {@code tierstock.http.request}
 * of its first byte, the first one of the connection's beginning. This is looked at whenever something comes: when nothing
 * does, the connection is silent.
 *
 * <p>From one address there are {@code tierstock.http.connections-per-address} at a time. And a connection ends with a request
 * whose body comes in chunks: a proxy that has gone by a length, which the server has not looked at, may take for that
 * request's end what is read here as the next one, and nobody has asked that.
 */
@ApplicationScoped
public class AwaitedAnswers {
    private static final int BEFORE_EVERYTHING = 1001;
    private static final long FAREWELL_SECONDS = 5;

    private static final Logger LOG = Logger.getLogger(AwaitedAnswers.class);

    /** A listener on all addresses. */
    private static final Set<String> ANYWHERE = Set.of("0.0.0.0", "::", "[::]");

    private final long wholeNanos;
    private final Places places;

    /**
     * Whatever is set.
     *
     * @param whole how long a request may take to be read
     * @param most how many connections there may be
     * @param mostFromOne how many from one address
     */
    @Inject
    public AwaitedAnswers(
            @ConfigProperty(name = "tierstock.http.request") Duration whole,
            @ConfigProperty(name = "tierstock.http.connections") int most,
            @ConfigProperty(name = "tierstock.http.connections-per-address") int mostFromOne) {
        this.wholeNanos = whole.toNanos();
        this.places = new Places(most, mostFromOne);
    }

    /** For the container's proxy. */
    protected AwaitedAnswers() {
        this(Duration.ZERO, 0, 0);
    }

    void listens(@ObservesAsync HttpServerStart started, Vertx vertx, HttpServer server) {
        ask(vertx, started.options(), server.getPort());
    }

    void listens(@ObservesAsync HttpsServerStart started, Vertx vertx, HttpServer server) {
        ask(vertx, started.options(), server.getSecurePort());
    }

    /**
     * The way to a listener is a request that came by it. So the service sends the first one itself: strangers who never send a
     * whole one would else be seen by nobody, and if they took all places no request could come.
     */
    private static void ask(Vertx vertx, HttpServerOptions listener, int port) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(listener.isSsl())
                .setTrustAll(true)
                .setVerifyHost(false));
        String host = ANYWHERE.contains(listener.getHost()) ? "localhost" : listener.getHost();
        client.request(HttpMethod.GET, port, host, "/")
                .compose(HttpClientRequest::send)
                .onFailure(e -> LOG.warnf(
                        "The listener on port %d does not answer the service itself; it sees its connections from the first"
                                + " request of a caller on: %s",
                        port, e.getMessage()))
                .onComplete(answered -> client.close());
    }

    void register(@Observes Filters filters) {
        filters.register(this::follow, BEFORE_EVERYTHING);
    }

    private void follow(RoutingContext request) {
        Connection connection = connection((ConnectionBase) request.request().connection());
        HttpServerRequest asked = request.request();
        if (connection.hasHadItsLast) {
            connection.server.close();
            return;
        }
        connection.begin(asked);
        request.addEndHandler(answered -> connection.end(asked));
        if (connection.hasHadItsLast) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        request.next();
    }

    private Connection connection(ConnectionBase connection) {
        ChannelHandlerContext server = connection.channelHandlerContext();
        ChannelPipeline pipeline = server.pipeline();
        Connection known = pipeline.get(Connection.class);
        if (known != null) {
            return known;
        }
        Connection first = new Connection((HttpConnection) connection);
        pipeline.addBefore(server.name(), null, first);
        Bytes bytes = pipeline.get(Bytes.class);
        if (bytes == null) {
            bytes = new Bytes(wholeNanos);
            pipeline.addFirst(bytes);
            new Entrance(wholeNanos, places).stand(server.channel().parent().pipeline());
        }
        bytes.connection = first;
        return first;
    }

    /**
     * Sees all connections from their first byte on. The server itself tells of a connection when it brings a request, and not
     * before; its listener, which the first request of all leads to, is told of each.
     */
    @ChannelHandler.Sharable
    private static final class Entrance extends ChannelInboundHandlerAdapter {
        private final long wholeNanos;
        private final Places places;

        Entrance(long wholeNanos, Places places) {
            this.wholeNanos = wholeNanos;
            this.places = places;
        }

        void stand(ChannelPipeline listener) {
            // Requests of several connections may come at once, each on its own thread.
            synchronized (listener) {
                if (listener.get(Entrance.class) == null) {
                    listener.addFirst(this);
                }
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
            if (accepted instanceof Channel connection) {
                SocketAddress from = connection.remoteAddress();
                if (from == null || !places.take(from)) {
                    connection.unsafe().closeForcibly();
                    return;
                }
                connection.closeFuture().addListener(closed -> places.release(from));
                connection.pipeline().addFirst(new Bytes(wholeNanos));
            }
            super.channelRead(context, accepted);
        }
    }

    /** What comes on a connection, before anything is made of it. Used by the connection's event loop only. */
    private static final class Bytes extends ChannelInboundHandlerAdapter {
        private final long wholeNanos;
        private Connection connection;
        /** Since when a request is on its way that is not whole yet. */
        private long since = System.nanoTime();

        private boolean isEnding;

        Bytes(long wholeNanos) {
            this.wholeNanos = wholeNanos;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
            long now = System.nanoTime();
            if (connection != null && connection.isWhole()) {
                connection.last = null;
                since = now;
            }
            if (now - since > wholeNanos && (connection == null || !connection.awaits())) {
                end(context);
            }
            super.channelRead(context, bytes);
        }

        /** A connection of HTTP/2 may be a proxy's, and bring somebody's request just now: that one comes again by another. */
        private void end(ChannelHandlerContext context) {
            if (connection == null || !connection.isShared) {
                context.close();
            } else if (!isEnding) {
                isEnding = true;
                connection.server.shutdown(FAREWELL_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** Hears before the server does that nothing has moved. Used by the connection's event loop only. */
    private static final class Connection extends ChannelInboundHandlerAdapter {
        private final HttpConnection server;
        private final Set<HttpServerRequest> asked = new HashSet<>();
        /** The last one that came, until it is known to be whole. */
        private HttpServerRequest last;
        /** Whether it may carry requests of several callers at a time. */
        private boolean isShared;
        /** Whether no further request is taken. */
        private boolean hasHadItsLast;
        /** The piece of an answer that was being sent at the last silence; null for none. */
        private Object sent;
        /** How many bytes of it had gone by then. */
        private long gone;

        private Connection(HttpConnection server) {
            this.server = server;
        }

        void begin(HttpServerRequest request) {
            asked.add(request);
            last = request;
            isShared = request.version() == HttpVersion.HTTP_2;
            hasHadItsLast = !isShared && request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        }

        /**
         * A request is answered, or its caller gone. Closed before it was read whole, the connection would be reset, and the
         * caller might never see the answer.
         */
        void end(HttpServerRequest request) {
            asked.remove(request);
            if (hasHadItsLast && request.isEnded()) {
                server.close();
            }
        }

        /** Whether the last request that came was read to its end. */
        boolean isWhole() {
            return last != null && (isReadWhole(last) || !asked.contains(last));
        }

        /** Whether a caller waits for an answer, or is being given one. */
        boolean awaits() {
            return asked.stream().anyMatch(Connection::isReadWhole);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (!(event instanceof IdleStateEvent)
                    || !takesAnswers(context.channel()) && asked.stream().noneMatch(Connection::isAwaited)) {
                super.userEventTriggered(context, event);
            }
        }

        /** Whether something that waits to be sent has moved since the last silence. */
        private boolean takesAnswers(Channel channel) {
            ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
            Object sending = waiting == null ? null : waiting.current();
            long goneOfIt = sending == null ? 0 : waiting.currentProgress();
            boolean moved = sending != null && (sending != sent || goneOfIt != gone);
            sent = sending;
            gone = goneOfIt;
            return moved;
        }

        private static boolean isAwaited(HttpServerRequest request) {
            return isReadWhole(request) && !request.response().headWritten();
        }

        /** A request without a body is whole from the start, though nobody reads its end. */
        private static boolean isReadWhole(HttpServerRequest request) {
            String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            boolean maySayNothing =
                    request.version() != HttpVersion.HTTP_2 || request.method().equals(HttpMethod.GET);
            boolean hasNoBody = length == null
                    ? maySayNothing && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                    : length.equals("0");
            return hasNoBody || request.isEnded();
        }
    }
}
