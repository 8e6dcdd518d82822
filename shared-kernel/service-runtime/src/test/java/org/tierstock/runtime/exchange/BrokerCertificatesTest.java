package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.tls.BaseTlsConfiguration;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonServer;
import io.vertx.proton.ProtonServerOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tierstock.runtime.probe.TestCertificates;

/** Which broker a layer speaks to when the connection is secured: nobody else is told its password. */
@Timeout(60)
class BrokerCertificatesTest {
    private static TestCertificates certificates;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger greeted = new AtomicInteger();

    @BeforeAll
    static void make(@TempDir Path directory) throws Exception {
        certificates =
                new TestCertificates(directory).make("broker").make("stranger").make("elsewhere", "dns:broker.example");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void the_broker_whose_certificate_is_believed_is_connected_to() throws Exception {
        assertThat(connects("broker", "broker")).isTrue();
        assertThat(greeted).hasValue(1);
    }

    @Test
    void a_broker_with_a_strangers_certificate_is_told_nothing() throws Exception {
        assertThat(connects("stranger", "broker")).isFalse();
        assertThat(greeted).hasValue(0);
    }

    @Test
    void a_broker_with_a_certificate_that_is_believed_but_of_another_host_is_told_nothing() throws Exception {
        assertThat(connects("elsewhere", "elsewhere")).isFalse();
        assertThat(greeted).hasValue(0);
    }

    /** Whether a layer that believes one certificate connects to a broker that shows one. */
    private boolean connects(String shown, String believed) throws Exception {
        BrokerAddress broker =
                new BrokerAddress("localhost", listen(shown), "layer", "secret", Optional.of(believing(believed)));
        CompletableFuture<Boolean> connects = new CompletableFuture<>();
        BrokerConnection connection = new BrokerConnection(vertx, broker, "a test", new BrokerConnection.User() {
            @Override
            public void connected(ProtonConnection made) {
                connects.complete(true);
            }

            @Override
            public void disconnected() {
                connects.complete(false);
            }
        });
        connection.open();
        try {
            return connects.get(20, TimeUnit.SECONDS);
        } finally {
            connection.close();
        }
    }

    /** Counts who comes so far that he names himself. */
    private int listen(String shown) throws Exception {
        ProtonServerOptions options = new ProtonServerOptions();
        options.setSsl(true).setKeyCertOptions(store(certificates.keys(shown)));
        ProtonServer server = ProtonServer.create(vertx, options)
                .connectHandler(connection -> connection.openHandler(opened -> {
                    greeted.incrementAndGet();
                    connection.open();
                }));
        CompletableFuture<Integer> port = new CompletableFuture<>();
        server.listen(0, "localhost", listening -> port.complete(server.actualPort()));
        return port.get(20, TimeUnit.SECONDS);
    }

    private BaseTlsConfiguration believing(String name) {
        return new BaseTlsConfiguration() {
            @Override
            public KeyCertOptions getKeyStoreOptions() {
                return store(certificates.keys("broker"));
            }

            @Override
            public TrustOptions getTrustStoreOptions() {
                return store(certificates.trust(name));
            }

            @Override
            public Optional<String> getHostnameVerificationAlgorithm() {
                return Optional.empty();
            }
        };
    }

    private static PfxOptions store(Path file) {
        return new PfxOptions().setPath(file.toString()).setPassword(TestCertificates.PASSWORD);
    }
}
