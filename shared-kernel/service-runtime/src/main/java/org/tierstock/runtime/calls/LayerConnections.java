package org.tierstock.runtime.calls;

import io.grpc.ClientInterceptor;
import io.grpc.NameResolverRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the connections to other layers, all in the way that is set. */
@ApplicationScoped
public class LayerConnections {
    private final ReplicaNames.Provider names = new ReplicaNames.Provider();
    private final LayerCertificates certificates;
    private final Duration keepAlive;

    /**
     * Whatever is set.
     *
     * @param keepAlive how often a connection on which a call is silent is asked whether it still stands
     */
    @Inject
    LayerConnections(
            LayerCertificates certificates, @ConfigProperty(name = "tierstock.grpc.keep-alive") Duration keepAlive) {
        this.certificates = certificates;
        this.keepAlive = keepAlive;
    }

    /** For the container's proxy. */
    protected LayerConnections() {
        this(null, null);
    }

    @PostConstruct
    void makeNamesKnown() {
        NameResolverRegistry.getDefaultRegistry().register(names);
    }

    @PreDestroy
    void forgetNames() {
        NameResolverRegistry.getDefaultRegistry().deregister(names);
    }

    /**
     * Connections to a layer, made when first called.
     *
     * @param addresses {@code host:port}, each of one replica or, where a name has several addresses, of all
     * @param interceptors what goes with every call
     */
    public LayerChannels to(List<String> addresses, ClientInterceptor... interceptors) {
        return new LayerChannels(addresses, keepAlive, certificates.ofCaller(), interceptors);
    }
}
