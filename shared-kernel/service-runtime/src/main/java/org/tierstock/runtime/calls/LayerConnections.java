package org.tierstock.runtime.calls;

import io.grpc.ClientInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the connections to other layers, all in the way that is set. */
@ApplicationScoped
public class LayerConnections {
    private final Duration keepAlive;

    /**
     * Whatever is set.
     *
     * @param keepAlive how often a connection on which a call is silent is asked whether it still stands
     */
    @Inject
    public LayerConnections(@ConfigProperty(name = "tierstock.grpc.keep-alive") Duration keepAlive) {
        this.keepAlive = keepAlive;
    }

    /** For the container's proxy. */
    protected LayerConnections() {
        this(null);
    }

    /**
     * Connections to a layer, made when first called.
     *
     * @param addresses {@code host:port}, one a replica
     * @param interceptors what goes with every call
     */
    public LayerChannels to(List<String> addresses, ClientInterceptor... interceptors) {
        return new LayerChannels(addresses, keepAlive, interceptors);
    }
}
