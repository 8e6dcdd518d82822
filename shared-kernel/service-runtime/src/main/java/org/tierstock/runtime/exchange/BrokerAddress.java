package org.tierstock.runtime.exchange;

/** Where the broker listens, and who this service is there. */
record BrokerAddress(String host, int port, String user, String password) {
    @Override
    public String toString() {
        return user + '@' + host + ':' + port;
    }
}
