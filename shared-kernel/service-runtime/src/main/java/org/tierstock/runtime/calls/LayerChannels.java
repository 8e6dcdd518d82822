package org.tierstock.runtime.calls;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The connections to the replicas of another layer: calls go to those that stand, in turn. */
public final class LayerChannels implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final long TRY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ManagedChannel replicas;
    private final Channel calls;
    private final AtomicLong triedAt = new AtomicLong(System.nanoTime());

    /** Connects when first called. */
    LayerChannels(
            List<String> addresses, Duration keepAlive, Optional<SslContext> tls, ClientInterceptor... interceptors) {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(ReplicaNames.target(
                        addresses.stream().map(String::strip).toList()))
                .defaultLoadBalancingPolicy("round_robin")
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .keepAliveTime(keepAlive.toMillis(), TimeUnit.MILLISECONDS);
        tls.ifPresentOrElse(builder::sslContext, builder::usePlaintext);
        this.replicas = builder.build();
        this.calls = ClientInterceptors.intercept(replicas, interceptors);
    }

    /**
     * Where the next call goes. What could not be reached is tried again once a second: the channel's own pause grows to
     * minutes, in which a layer that is back would be waited for in vain, and a replica that is back would get no calls.
     */
    public Channel next() {
        long now = System.nanoTime();
        long last = triedAt.get();
        if (now - last >= TRY_AGAIN_NANOS && triedAt.compareAndSet(last, now)) {
            replicas.resetConnectBackoff();
        }
        return calls;
    }

    @Override
    public void close() {
        replicas.shutdownNow();
    }
}
