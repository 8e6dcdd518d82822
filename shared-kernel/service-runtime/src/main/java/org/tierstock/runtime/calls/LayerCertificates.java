package org.tierstock.runtime.calls;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509KeyManager;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The certificates of calls between layers: one that this service shows, as a server and as a caller, and those that it
 * believes. Both sides show one, and a call needs its token all the same.
 *
 * <p>Renewed certificates are used by the connections that are made from then on.
 */
@ApplicationScoped
public class LayerCertificates {
    private final Optional<String> name;
    private final Vertx vertx;
    private final AdvancedTlsX509KeyManager shown = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager believed;

    /**
     * Reads them.
     *
     * @param name of a configuration of the TLS registry, with a key store and a trust store; none: calls are plain text
     * @throws IllegalStateException when there is no such configuration, or a store is missing
     */
    @Inject
    LayerCertificates(
            TlsConfigurationRegistry registry,
            Vertx vertx,
            @ConfigProperty(name = "tierstock.tls.grpc") Optional<String> name)
            throws GeneralSecurityException, IOException {
        this.name = name;
        this.vertx = vertx;
        this.believed = AdvancedTlsX509TrustManager.newBuilder().build();
        if (name.isPresent()) {
            take(TlsConfiguration.from(registry, name).orElseThrow());
        }
    }

    /** For the container's proxy. */
    protected LayerCertificates() {
        this.name = Optional.empty();
        this.vertx = null;
        this.believed = null;
    }

    void renew(@Observes CertificateUpdatedEvent renewed) throws GeneralSecurityException, IOException {
        if (name.isPresent() && name.get().equals(renewed.name())) {
            take(renewed.tlsConfiguration());
        }
    }

    /** How a server of layers speaks TLS; empty when it does not. */
    public Optional<SslContext> ofServer() {
        return name.map(configured -> build(SslContextBuilder.forServer(shown).clientAuth(ClientAuth.REQUIRE)));
    }

    /** How a caller of layers speaks TLS; empty when it does not. */
    Optional<SslContext> ofCaller() {
        return name.map(configured -> build(SslContextBuilder.forClient().keyManager(shown)));
    }

    private SslContext build(SslContextBuilder side) {
        try {
            return GrpcSslContexts.configure(side).trustManager(believed).build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(TlsConfiguration configuration) throws GeneralSecurityException, IOException {
        KeyStore keys = configuration.getKeyStore();
        KeyStore trusted = configuration.getTrustStore();
        if (keys == null || trusted == null) {
            throw new IllegalStateException("quarkus.tls." + name.orElseThrow()
                    + " needs a key-store and a trust-store: in calls between layers both sides show a certificate");
        }
        X509KeyManager manager = keyManager(configuration);
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(alias)) {
                shown.updateIdentityCredentials(manager.getCertificateChain(alias), manager.getPrivateKey(alias));
            }
        }
        List<X509Certificate> anchors = new ArrayList<>();
        for (String alias : Collections.list(trusted.aliases())) {
            anchors.add((X509Certificate) trusted.getCertificate(alias));
        }
        believed.updateTrustCredentials(anchors.toArray(X509Certificate[]::new));
    }

    private X509KeyManager keyManager(TlsConfiguration configuration) throws GeneralSecurityException {
        try {
            for (KeyManager manager : configuration
                    .getKeyStoreOptions()
                    .getKeyManagerFactory(vertx)
                    .getKeyManagers()) {
                if (manager instanceof X509KeyManager x509) {
                    return x509;
                }
            }
        } catch (Exception e) {
            throw new GeneralSecurityException(e);
        }
        throw new GeneralSecurityException("The key store holds no X.509 certificate");
    }
}
