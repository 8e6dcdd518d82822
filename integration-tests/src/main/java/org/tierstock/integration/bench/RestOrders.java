package org.tierstock.integration.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Places orders through REST, on connections that are kept open: HTTP/1.1, one request at a time on each. */
final class RestOrders implements AutoCloseable {
    private static final int LARGEST_ANSWER_BYTES = 1 << 20;

    private final URI url;
    private final String authorization;
    private final List<Connection> connections = new ArrayList<>();
    private final Queue<Connection> idle = new ArrayDeque<>();

    RestOrders(URI url, String token, int connectionCount, EventLoopGroup eventLoop) {
        this.url = url;
        this.authorization = "Bearer " + token;
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true);
        for (int i = 0; i < connectionCount; i++) {
            connections.add(new Connection(bootstrap));
        }
        idle.addAll(connections);
    }

    Sender place(OrderSource orders) {
        return to("/v1/orders", orders);
    }

    Sender placeNaively(OrderSource orders) {
        return to("/benchmark/v1/orders", orders);
    }

    @Override
    public void close() {
        connections.forEach(connection -> connection.channel.close());
    }

    private Sender to(String path, OrderSource orders) {
        return answered -> take().send(path, body(orders.next()), answered);
    }

    private synchronized Connection take() {
        return idle.remove();
    }

    private synchronized void giveBack(Connection connection) {
        idle.add(connection);
    }

    private static String body(OrderSource.Order order) {
        return "{\"channel\":\"" + Shop.CHANNEL + "\",\"channelOrderNumber\":\"" + order.number()
                + "\",\"lines\":[{\"sku\":\"" + order.sku() + "\",\"quantity\":1}]}";
    }

    /** Sharable, since it outlives the channel: it serves one after the other. */
    @Sharable
    private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final Bootstrap connecting;
        private volatile Channel channel;
        private volatile Answered waiting;

        private Connection(Bootstrap bootstrap) {
            ChannelInitializer<SocketChannel> pipeline = new ChannelInitializer<>() {
                @Override
                protected void initChannel(SocketChannel made) {
                    made.pipeline()
                            .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_ANSWER_BYTES))
                            .addLast(Connection.this);
                }
            };
            connecting = bootstrap.clone().handler(pipeline);
            channel = connect().syncUninterruptibly().channel();
        }

        private ChannelFuture connect() {
            return connecting.connect(url.getHost(), url.getPort());
        }

        /** The service closes what is idle for long, as a connection is while other cells are measured. */
        private void send(String path, String body, Answered answered) {
            waiting = answered;
            FullHttpRequest request = request(path, body);
            if (channel.isActive()) {
                channel.writeAndFlush(request);
            } else {
                // Nobody may wait here: this may be the thread that connects.
                connect().addListener((ChannelFuture made) -> {
                    if (made.isSuccess()) {
                        channel = made.channel();
                        channel.writeAndFlush(request);
                    } else {
                        request.release();
                        waiting = null;
                        answered.failed("not connected: " + made.cause());
                    }
                });
            }
        }

        private FullHttpRequest request(String path, String body) {
            FullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    HttpMethod.POST,
                    path,
                    Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
            request.headers()
                    .set(HttpHeaderNames.HOST, url.getAuthority())
                    .set(HttpHeaderNames.AUTHORIZATION, authorization)
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
            return request;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            Answered answered = waiting;
            waiting = null;
            giveBack(this);
            if (response.status().equals(HttpResponseStatus.CREATED)) {
                answered.with(1, 0);
            } else if (response.status().equals(HttpResponseStatus.CONFLICT)) {
                answered.with(0, 1);
            } else if (response.status().equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
                answered.refusedForNow();
            } else {
                answered.failed(response.status() + " " + response.content().toString(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            Answered answered = waiting;
            if (answered != null) {
                waiting = null;
                answered.failed("the connection was closed");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }
    }
}
