package org.tierstock.runtime.history;

import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.protocol.v1.HistoryServiceGrpc;
import org.tierstock.protocol.v1.HistoryServiceGrpc.HistoryServiceBlockingStub;
import org.tierstock.runtime.identity.ServiceCalls;

/** The layers that this one exchanges messages and calls with, and how their histories are asked for. */
@ApplicationScoped
public class Peers {
    private final Map<String, List<ManagedChannel>> channels = new LinkedHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final ServiceCalls serviceCalls;
    private final Duration deadline;

    /**
     * Connects when first called.
     *
     * @param names sales, dispatch, warehouse; empty for a layer that runs alone
     */
    @Inject
    public Peers(
            Config config,
            ServiceCalls serviceCalls,
            @ConfigProperty(name = "tierstock.peers") Optional<List<String>> names,
            @ConfigProperty(name = "tierstock.history.deadline", defaultValue = "60s") Duration deadline) {
        this.serviceCalls = serviceCalls;
        this.deadline = deadline;
        for (String name : names.orElse(List.of())) {
            List<ManagedChannel> replicas = new ArrayList<>();
            for (String address :
                    config.getValue("tierstock." + name + ".grpc", String.class).split(",")) {
                replicas.add(ManagedChannelBuilder.forTarget(address.strip())
                        .usePlaintext()
                        .build());
            }
            channels.put(name, List.copyOf(replicas));
        }
    }

    /** For the container's proxy. */
    protected Peers() {
        this.serviceCalls = null;
        this.deadline = null;
    }

    /** Their names. */
    Set<String> names() {
        return channels.keySet();
    }

    /** The peer's history; one replica after the other is asked. */
    HistoryServiceBlockingStub history(String peer) {
        List<ManagedChannel> replicas = channels.get(peer);
        ManagedChannel next = replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size()));
        return HistoryServiceGrpc.newBlockingStub(ClientInterceptors.intercept(next, serviceCalls))
                .withMaxInboundMessageSize(Integer.MAX_VALUE)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void close() {
        channels.values().forEach(replicas -> replicas.forEach(ManagedChannel::shutdownNow));
    }
}
