package org.tierstock.runtime.connections;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps connections on which the service owes an answer.
 *
 * <p>The server closes every connection on which nothing has moved for {@code tierstock.http.idle}: one that sends nothing,
 * or half a request, one that was kept for a next request, one whose caller takes no more of its answer. A request that was
 * read whole and is still worked on is silent too, but it is the caller who waits then, so its connection stays.
 */
@ApplicationScoped
public class AwaitedAnswers {
    private static final int BEFORE_EVERYTHING = 1001;

    void register(@Observes Filters filters) {
        filters.register(this::follow, BEFORE_EVERYTHING);
    }

    private void follow(RoutingContext request) {
        Connection connection = Connection.of((ConnectionBase) request.request().connection());
        HttpServerRequest asked = request.request();
        connection.asked.add(asked);
        request.addEndHandler(answered -> connection.asked.remove(asked));
        request.next();
    }

    /** Hears before the server does that nothing has moved. Used by the connection's event loop only. */
    private static final class Connection extends ChannelInboundHandlerAdapter {
        private final Set<HttpServerRequest> asked = new HashSet<>();

        static Connection of(ConnectionBase connection) {
            ChannelHandlerContext server = connection.channelHandlerContext();
            ChannelPipeline pipeline = server.pipeline();
            Connection known = pipeline.get(Connection.class);
            if (known != null) {
                return known;
            }
            Connection first = new Connection();
            pipeline.addBefore(server.name(), null, first);
            return first;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (!(event instanceof IdleStateEvent) || asked.stream().noneMatch(Connection::isAwaited)) {
                super.userEventTriggered(context, event);
            }
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
