package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The settings of the one broker that a service sends to and receives from. */
@ApplicationScoped
public class BrokerSettings {
    private final BrokerAddress address;

    @Inject
    public BrokerSettings(
            @ConfigProperty(name = "amqp-host") String host,
            @ConfigProperty(name = "amqp-port") int port,
            @ConfigProperty(name = "amqp-username") String user,
            @ConfigProperty(name = "amqp-password", defaultValue = "") String password) {
        this.address = new BrokerAddress(host, port, user, password);
    }

    /** For the container's proxy. */
    protected BrokerSettings() {
        this.address = null;
    }

    BrokerAddress address() {
        return address;
    }
}
