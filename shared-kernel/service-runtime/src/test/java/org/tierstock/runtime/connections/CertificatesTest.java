package org.tierstock.runtime.connections;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContextBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonServer;
import io.vertx.proton.ProtonServerOptions;
import io.vertx.proton.sasl.ProtonSaslAuthenticator;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.Transport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.calls.LayerChannels;
import org.tierstock.runtime.calls.LayerConnections;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeGrpcService;
import org.tierstock.runtime.probe.TestCertificates;
import org.tierstock.runtime.probe.Tokens;

/** REST, gRPC and the broker by TLS. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(value = CertificatesTest.Secured.class, restrictToAnnotatedClass = true)
@TestProfile(CertificatesTest.Alone.class)
@Timeout(60)
class CertificatesTest {
    private static TestCertificates certificates;
    private static final CompletableFuture<ProtonConnection> AT_BROKER = new CompletableFuture<>();

    /** What is secured differently runs by itself. */
    public static class Alone implements QuarkusTestProfile {}

    /** Certificates, a broker that shows one, and settings that name them. */
    public static final class Secured implements QuarkusTestResourceLifecycleManager {
        private final Vertx vertx = Vertx.vertx();

        @Override
        public Map<String, String> start() {
            try {
                certificates = new TestCertificates(Files.createTempDirectory("tierstock-certificates"))
                        .make("layers")
                        .make("stranger");
                ProtonServerOptions options = new ProtonServerOptions();
                options.setSsl(true)
                        .setSslHandshakeTimeout(1)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(certificates.keys("layers").toString())
                                .setPassword(TestCertificates.PASSWORD));
                ProtonServer broker = ProtonServer.create(vertx, options)
                        .saslAuthenticatorFactory(Everybody::new)
                        .connectHandler(connection -> connection
                                .openHandler(opened -> {
                                    connection.open();
                                    AT_BROKER.complete(connection);
                                })
                                .sessionOpenHandler(session -> session.open())
                                .receiverOpenHandler(receiver -> receiver.open()));
                CompletableFuture<Integer> port = new CompletableFuture<>();
                broker.listen(0, "localhost", listening -> port.complete(broker.actualPort()));
                Map<String, String> settings = new HashMap<>();
                store(settings, "key-store", certificates.keys("layers"));
                store(settings, "trust-store", certificates.trust("layers"));
                for (String side : List.of("rest", "grpc", "amqp")) {
                    settings.put("tierstock.tls." + side, "layers");
                }
                settings.put("quarkus.http.insecure-requests", "disabled");
                settings.put("quarkus.http.test-ssl-port", "0");
                settings.put("tierstock.amqp.host", "localhost");
                settings.put(
                        "tierstock.amqp.port", port.get(20, TimeUnit.SECONDS).toString());
                return settings;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static void store(Map<String, String> settings, String kind, Path file) {
            settings.put("quarkus.tls.layers." + kind + ".p12.path", file.toString());
            settings.put("quarkus.tls.layers." + kind + ".p12.password", TestCertificates.PASSWORD);
        }

        @Override
        public void stop() {
            vertx.close();
        }
    }

    @TestHTTPResource(value = "/v1/probe/forgotten", tls = true)
    URI rest;

    @Inject
    LayerConnections connections;

    @Inject
    TlsConfigurationRegistry registry;

    @Inject
    Event<CertificateUpdatedEvent> renewals;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int grpcPort;

    @ConfigProperty(name = "tierstock.amqp.port")
    int brokerPort;

    @Test
    void rest_shows_its_certificate_and_speaks_nothing_else() throws IOException {
        given().trustStore(certificates.trust("layers").toString(), TestCertificates.PASSWORD)
                .get(rest)
                .then()
                .statusCode(401);
        assertThatThrownBy(
                        () -> given().trustStore(certificates.trust("stranger").toString(), TestCertificates.PASSWORD)
                                .get(rest))
                .isInstanceOf(SSLException.class);
        try (Socket plain = new Socket("localhost", rest.getPort())) {
            plain.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void a_layer_is_served_with_its_certificate_and_its_token() {
        try (LayerChannels layer = connections.to(List.of("localhost:" + grpcPort), token())) {
            assertThat(ask(layer)).startsWith("somebody");
        }
        try (LayerChannels layer = connections.to(List.of("localhost:" + grpcPort))) {
            assertRefused(() -> ask(layer), Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void without_a_certificate_or_with_a_strangers_no_call_is_served() throws Exception {
        SslContextBuilder none = SslContextBuilder.forClient().trustManager(trust("layers"));
        SslContextBuilder strangers =
                SslContextBuilder.forClient().trustManager(trust("layers")).keyManager(keys("stranger"));
        for (NettyChannelBuilder caller : List.of(
                caller().sslContext(GrpcSslContexts.configure(none).build()),
                caller().sslContext(GrpcSslContexts.configure(strangers).build()),
                caller().usePlaintext())) {
            ManagedChannel channel = caller.intercept(token()).build();
            assertRefused(
                    () -> ClientCalls.blockingUnaryCall(channel, ProbeGrpcService.ASK, options(), "who"),
                    Status.Code.UNAVAILABLE);
            channel.shutdownNow();
        }
    }

    @Test
    void a_layer_whose_certificate_is_believed_but_of_another_host_is_told_nothing() {
        try (LayerChannels layer = connections.to(List.of("127.0.0.1:" + grpcPort), token())) {
            assertRefused(() -> ask(layer), Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void renewed_certificates_are_shown_and_believed_without_a_restart() throws Exception {
        certificates.make("layers");
        TlsConfiguration renewed = registry.get("layers").orElseThrow();
        assertThat(renewed.reload()).isTrue();
        renewals.fire(new CertificateUpdatedEvent("layers", renewed));
        SslContextBuilder fresh =
                SslContextBuilder.forClient().trustManager(trust("layers")).keyManager(keys("layers"));
        ManagedChannel channel = caller().sslContext(
                        GrpcSslContexts.configure(fresh).build())
                .intercept(token())
                .build();
        assertThat(ClientCalls.blockingUnaryCall(channel, ProbeGrpcService.ASK, options(), "who"))
                .startsWith("somebody");
        channel.shutdownNow();
    }

    @Test
    void the_broker_is_spoken_to_by_tls_and_by_nothing_else() throws Exception {
        AT_BROKER.get(20, TimeUnit.SECONDS);
        CompletableFuture<ProtonConnection> plain = new CompletableFuture<>();
        ProtonClient.create(vertx).connect("localhost", brokerPort, "tierstock", "x", connected -> {
            if (connected.succeeded()) {
                plain.complete(connected.result());
            } else {
                plain.completeExceptionally(connected.cause());
            }
        });
        assertThatThrownBy(() -> plain.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    private String ask(LayerChannels layer) {
        return ClientCalls.blockingUnaryCall(layer.next(), ProbeGrpcService.ASK, options(), "who");
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private NettyChannelBuilder caller() {
        return NettyChannelBuilder.forAddress("localhost", grpcPort);
    }

    private static ClientInterceptor token() {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Tokens.of("service-sales"));
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private static void assertRefused(Runnable call, Status.Code code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code));
    }

    private static KeyManagerFactory keys(String name) throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store(certificates.keys(name)), TestCertificates.PASSWORD.toCharArray());
        return factory;
    }

    private static TrustManagerFactory trust(String name) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store(certificates.trust(name)));
        return factory;
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stored = new FileInputStream(file.toFile())) {
            store.load(stored, TestCertificates.PASSWORD.toCharArray());
        }
        return store;
    }

    /** Lets everybody in who says a name and a password. */
    private static final class Everybody implements ProtonSaslAuthenticator {
        private Sasl sasl;

        @Override
        public void init(NetSocket socket, ProtonConnection connection, Transport transport) {
            sasl = transport.sasl();
            sasl.server();
            sasl.allowSkip(false);
            sasl.setMechanisms("PLAIN");
        }

        @Override
        public void process(Handler<Boolean> complete) {
            boolean asked = sasl.getRemoteMechanisms().length > 0;
            if (asked) {
                sasl.done(Sasl.SaslOutcome.PN_SASL_OK);
            }
            complete.handle(asked);
        }

        @Override
        public boolean succeeded() {
            return true;
        }
    }
}
