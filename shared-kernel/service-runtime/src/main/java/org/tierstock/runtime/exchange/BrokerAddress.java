package org.tierstock.runtime.exchange;

import io.quarkus.tls.TlsConfiguration;
import io.vertx.proton.ProtonClientOptions;
import java.util.Optional;

/** Where the broker listens, who this service is there, and by which certificates; without, it is spoken to in plain text. */
record BrokerAddress(String host, int port, String user, String password, Optional<TlsConfiguration> tls) {
    private static final String NAME_IN_CERTIFICATE = "HTTPS";

    /** Asked for each connection anew: certificates may have been renewed. */
    void secure(ProtonClientOptions options) {
        tls.ifPresent(certificates -> options.setSsl(true)
                .setKeyCertOptions(certificates.getKeyStoreOptions())
                .setTrustOptions(certificates.getTrustStoreOptions())
                .setHostnameVerificationAlgorithm(
                        certificates.getHostnameVerificationAlgorithm().orElse(NAME_IN_CERTIFICATE)));
    }

    @Override
    public String toString() {
        return user + '@' + host + ':' + port;
    }
}
