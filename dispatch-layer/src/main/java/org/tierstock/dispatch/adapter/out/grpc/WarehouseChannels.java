package org.tierstock.dispatch.adapter.out.grpc;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.identity.ServiceCalls;
import org.tierstock.runtime.trace.TracedCalls;

/** Connections to the replicas of the warehouse layer, taken in turn: a call that found one dead finds another. */
@ApplicationScoped
public class WarehouseChannels {
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final List<ManagedChannel> managed = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Connects when first called.
     *
     * @param addresses {@code host:port}, one a replica
     */
    @Inject
    public WarehouseChannels(
            @ConfigProperty(name = "tierstock.warehouse.grpc", defaultValue = "127.0.0.1:9083") List<String> addresses,
            ServiceCalls serviceCalls,
            TracedCalls tracedCalls) {
        for (String address : addresses) {
            ManagedChannel channel = ManagedChannelBuilder.forTarget(address.strip())
                    .usePlaintext()
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                    .build();
            managed.add(channel);
            channels.add(ClientInterceptors.intercept(channel, serviceCalls, tracedCalls));
        }
    }

    /** The connection whose turn it is. */
    public Channel next() {
        return channels.get(Math.floorMod(turn.getAndIncrement(), channels.size()));
    }

    @PreDestroy
    void close() {
        managed.forEach(ManagedChannel::shutdownNow);
    }
}
