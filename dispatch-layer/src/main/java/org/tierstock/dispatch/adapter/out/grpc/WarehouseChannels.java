package org.tierstock.dispatch.adapter.out.grpc;

import io.grpc.Channel;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.calls.LayerChannels;
import org.tierstock.runtime.calls.LayerConnections;
import org.tierstock.runtime.identity.ServiceCalls;
import org.tierstock.runtime.trace.TracedCalls;

/** Connections to the replicas of the warehouse layer, taken in turn: a call that found one dead finds another. */
@ApplicationScoped
public class WarehouseChannels {
    private final LayerChannels channels;

    /** @param addresses {@code host:port}, one a replica */
    @Inject
    public WarehouseChannels(
            @ConfigProperty(name = "tierstock.warehouse.grpc", defaultValue = "127.0.0.1:9083") List<String> addresses,
            LayerConnections connections,
            ServiceCalls serviceCalls,
            TracedCalls tracedCalls) {
        this.channels = connections.to(addresses, serviceCalls, tracedCalls);
    }

    /** For the container's proxy. */
    protected WarehouseChannels() {
        this.channels = null;
    }

    /** The connection whose turn it is. */
    public Channel next() {
        return channels.next();
    }

    @PreDestroy
    void close() {
        channels.close();
    }
}
