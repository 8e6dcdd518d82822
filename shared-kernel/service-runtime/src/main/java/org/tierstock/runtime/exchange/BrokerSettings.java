package org.tierstock.runtime.exchange;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The settings of the one broker that a service sends to and receives from. */
@ApplicationScoped
public class BrokerSettings {
    private final BrokerAddress address;

    /**
     * Whatever is set.
     *
     * @param tls the name of a configuration of the TLS registry; none: plain text
     * @throws IllegalStateException when there is no such configuration
     */
    @Inject
    public BrokerSettings(
            TlsConfigurationRegistry certificates,
            @ConfigProperty(name = "amqp-host") String host,
            @ConfigProperty(name = "amqp-port") int port,
            @ConfigProperty(name = "amqp-username") String user,
            @ConfigProperty(name = "amqp-password", defaultValue = "") String password,
            @ConfigProperty(name = "tierstock.tls.amqp") Optional<String> tls) {
        this.address = new BrokerAddress(
                host, port, user, password, tls.flatMap(name -> TlsConfiguration.from(certificates, tls)));
    }

    /** For the container's proxy. */
    protected BrokerSettings() {
        this.address = null;
    }

    BrokerAddress address() {
        return address;
    }
}
