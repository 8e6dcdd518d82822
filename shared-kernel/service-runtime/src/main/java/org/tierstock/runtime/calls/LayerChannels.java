package org.tierstock.runtime.calls;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections to the replicas of another layer, in turn. */
public final class LayerChannels implements AutoCloseable {
    private final List<ManagedChannel> replicas;
    private final ClientInterceptor[] interceptors;
    private final AtomicInteger turn = new AtomicInteger();

    /** Connects when first called. */
    LayerChannels(List<String> addresses, Duration keepAlive, ClientInterceptor... interceptors) {
        this.interceptors = interceptors.clone();
        this.replicas = addresses.stream()
                .map(address -> ManagedChannelBuilder.forTarget(address.strip())
                        .usePlaintext()
                        .keepAliveTime(keepAlive.toMillis(), TimeUnit.MILLISECONDS)
                        .build())
                .toList();
    }

    /**
     * The connection whose turn it is. One that could not be made is tried at once: callers pause between their calls
     * themselves, and the channel's own pause grows to minutes, in which a layer that is back would be waited for in vain.
     */
    public Channel next() {
        ManagedChannel next = replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size()));
        if (next.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            next.resetConnectBackoff();
        }
        return ClientInterceptors.intercept(next, interceptors);
    }

    @Override
    public void close() {
        replicas.forEach(ManagedChannel::shutdownNow);
    }
}
