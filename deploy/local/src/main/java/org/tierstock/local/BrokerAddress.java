package org.tierstock.local;

import java.util.Map;

/** Where the AMQP 1.0 broker listens, and the credentials of one of its users. */
public record BrokerAddress(String host, int port, String user, String password) {

    /** The same broker for another user. */
    BrokerAddress as(BrokerUser other) {
        return new BrokerAddress(host, port, other.name(), other.password());
    }

    /** The broker as the process is told to reach it. */
    BrokerAddress seenBy(String process, Detours detours) {
        String[] told = detours.address(process, "broker", host + ":" + port).split(":", 2);
        return new BrokerAddress(told[0], Integer.parseInt(told[1]), user, password);
    }

    Map<String, String> environment() {
        return Map.of(
                "TIERSTOCK_AMQP_HOST", host,
                "TIERSTOCK_AMQP_PORT", Integer.toString(port),
                "TIERSTOCK_AMQP_USER", user,
                "TIERSTOCK_AMQP_PASSWORD", password);
    }

    /** Without the password, so that a printed record gives nothing away. */
    @Override
    public String toString() {
        return host + ":" + port + " as " + user;
    }
}
