package org.tierstock.runtime.connections;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.TimeUnit;

/**
 * Sees the calls of one connection begin, before anything is made of them, and ends a connection that begins more than it
 * may: at a time; and altogether, as long as nobody has called by it whose token is good.
 *
 * <p>The server tells each caller how many calls it may have at a time, but takes that for agreed only when the caller has
 * confirmed it: whoever never does would have no bound. And a call that is begun and taken back at once is none at a time,
 * yet costs what it costs, faster than it is worked off. A client that keeps to what it is told is never ended by either.
 *
 * <p>Used by the connection's event loop only, but for {@link #know()}.
 */
final class GrpcConnection extends Http2FrameListenerDecorator {
    private static final int FAREWELL_SECONDS = 3;

    private final Channel channel;
    private final Http2Connection calls;
    private final int most;
    private int begun;
    private volatile boolean isKnown;

    /** Listens to what comes on a connection from its first frame on. */
    GrpcConnection(Channel channel, Http2ConnectionHandler http2, int most) {
        super(http2.decoder().frameListener());
        this.channel = channel;
        this.calls = http2.connection();
        this.most = most;
        http2.decoder().frameListener(this);
    }

    /** Somebody whose token is good has called. */
    void know() {
        isKnown = true;
    }

    /**
     * Its time is up. With nothing under way it is told so, for a caller who is just about to call; but it may go on to call until
     * it has read that, and whoever never does is not waited for.
     */
    void endUnlessKnown() {
        if (isKnown) {
            return;
        }
        if (calls.numActiveStreams() == 0) {
            channel.close();
            channel.eventLoop().schedule(this::endIfStrange, FAREWELL_SECONDS, TimeUnit.SECONDS);
        } else {
            end();
        }
    }

    private void endIfStrange() {
        if (!isKnown && channel.isActive()) {
            end();
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context, int call, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        requireRoom();
        super.onHeadersRead(context, call, headers, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int call,
            Http2Headers headers,
            int streamDependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        requireRoom();
        super.onHeadersRead(context, call, headers, streamDependency, weight, exclusive, padding, endOfStream);
    }

    private void requireRoom() throws Http2Exception {
        if (calls.numActiveStreams() > most || !isKnown && ++begun > most) {
            end();
            throw Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "More calls than %d", most);
        }
    }

    /** At once: a farewell would wait until the calls have ended, and until it is read. */
    private void end() {
        channel.pipeline().firstContext().close();
    }
}
