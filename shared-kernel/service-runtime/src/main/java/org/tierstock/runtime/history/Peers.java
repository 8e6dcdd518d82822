package org.tierstock.runtime.history;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.protocol.v1.HistoryServiceGrpc;
import org.tierstock.protocol.v1.HistoryServiceGrpc.HistoryServiceBlockingStub;
import org.tierstock.runtime.calls.LayerChannels;
import org.tierstock.runtime.calls.LayerConnections;
import org.tierstock.runtime.identity.ServiceCalls;

/** The layers that this one exchanges messages and calls with, and how their histories are asked for. */
@ApplicationScoped
public class Peers {
    private final Map<String, LayerChannels> channels = new LinkedHashMap<>();
    private final Duration deadline;

    /**
     * Connects when first called.
     *
     * @param names sales, dispatch, warehouse; empty for a layer that runs alone
     */
    @Inject
    public Peers(
            Config config,
            LayerConnections connections,
            ServiceCalls serviceCalls,
            @ConfigProperty(name = "tierstock.peers") Optional<List<String>> names,
            @ConfigProperty(name = "tierstock.history.deadline", defaultValue = "60s") Duration deadline) {
        this.deadline = deadline;
        for (String name : names.orElse(List.of())) {
            List<String> addresses = List.of(
                    config.getValue("tierstock." + name + ".grpc", String.class).split(","));
            channels.put(name, connections.to(addresses, serviceCalls));
        }
    }

    /** For the container's proxy. */
    protected Peers() {
        this.deadline = null;
    }

    /** Their names. */
    Set<String> names() {
        return channels.keySet();
    }

    /** The peer's history; one replica after the other is asked. */
    HistoryServiceBlockingStub history(String peer) {
        return HistoryServiceGrpc.newBlockingStub(channels.get(peer).next())
                .withMaxInboundMessageSize(Integer.MAX_VALUE)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void close() {
        channels.values().forEach(LayerChannels::close);
    }
}
