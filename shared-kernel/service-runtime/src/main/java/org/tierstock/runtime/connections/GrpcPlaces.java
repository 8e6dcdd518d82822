package org.tierstock.runtime.connections;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AsciiString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets connections in to the gRPC server, and knows each as long as it is there.
 *
 * <p>One has its place before it says anything, or it is closed at once: a caller of whom nothing is known yet takes the
 * process' files by connecting alone. It keeps it when somebody whose token is good has called by it within
 * {@code tierstock.grpc.first-call}. What it may ask for until then, and at a time, {@link GrpcConnection} bounds.
 *
 * <p>This stands where the server begins to speak with a connection. Its filters, which are made for such things, are told of
 * one when it can carry calls: too late for those that say nothing, and without a way to close it afterwards.
 */
@Singleton
public class GrpcPlaces {
    private final Places places;
    private final int callsAtATime;
    private final long firstCallMillis;
    private final Map<SocketAddress, GrpcConnection> connections = new ConcurrentHashMap<>();

    /**
     * Whatever is set.
     *
     * @param most how many connections there may be
     * @param mostFromOne how many from one address
     * @param callsAtATime how many calls one of them may carry at a time
     * @param firstCall how long one is kept by which nobody has called whose token is good
     */
    @Inject
    GrpcPlaces(
            @ConfigProperty(name = "tierstock.grpc.connections") int most,
            @ConfigProperty(name = "tierstock.grpc.connections-per-address") int mostFromOne,
            @ConfigProperty(name = "tierstock.grpc.calls-per-connection") int callsAtATime,
            @ConfigProperty(name = "tierstock.grpc.first-call") Duration firstCall) {
        this.places = new Places(most, mostFromOne);
        this.callsAtATime = callsAtATime;
        this.firstCallMillis = firstCall.toMillis();
    }

    /** Somebody whose token is good calls: the connection is no stranger's. */
    public void know(ServerCall<?, ?> call) {
        SocketAddress from = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        GrpcConnection connection = from == null ? null : connections.get(from);
        if (connection != null) {
            connection.know();
        }
    }

    /** The same way of speaking, with connections that have a place. */
    InternalProtocolNegotiator.ProtocolNegotiator before(InternalProtocolNegotiator.ProtocolNegotiator speaking) {
        return new Door(speaking);
    }

    private boolean letIn(Channel channel, GrpcHttp2ConnectionHandler http2) {
        SocketAddress from = channel.remoteAddress();
        if (from == null || !places.take(from)) {
            return false;
        }
        GrpcConnection connection = new GrpcConnection(channel, http2, callsAtATime);
        connections.put(from, connection);
        Future<?> patience =
                channel.eventLoop().schedule(connection::endUnlessKnown, firstCallMillis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> {
            patience.cancel(false);
            connections.remove(from, connection);
            places.release(from);
        });
        return true;
    }

    private final class Door implements InternalProtocolNegotiator.ProtocolNegotiator {
        private final InternalProtocolNegotiator.ProtocolNegotiator speaking;

        Door(InternalProtocolNegotiator.ProtocolNegotiator speaking) {
            this.speaking = speaking;
        }

        @Override
        public AsciiString scheme() {
            return speaking.scheme();
        }

        @Override
        public ChannelHandler newHandler(GrpcHttp2ConnectionHandler http2) {
            return new Threshold(http2, speaking.newHandler(http2));
        }

        @Override
        public void close() {
            speaking.close();
        }
    }

    /** Is passed, or the connection ends. */
    private final class Threshold extends ChannelInboundHandlerAdapter {
        private final GrpcHttp2ConnectionHandler http2;
        private final ChannelHandler speaking;

        Threshold(GrpcHttp2ConnectionHandler http2, ChannelHandler speaking) {
            this.http2 = http2;
            this.speaking = speaking;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            if (letIn(context.channel(), http2)) {
                context.pipeline().replace(this, null, speaking);
            } else {
                context.close();
            }
        }
    }
}
