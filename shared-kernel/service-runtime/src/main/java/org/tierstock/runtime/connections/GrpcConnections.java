package org.tierstock.runtime.connections;

import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.NettyServerBuilder;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.bounds.RequestBytes;
import org.tierstock.runtime.calls.LayerCertificates;

/** What the gRPC server bears of the connections of other layers. */
@ApplicationScoped
public class GrpcConnections implements ServerBuilderCustomizer<VertxServerBuilder> {
    private static final int WINDOW_SECONDS = 30;

    private final LayerCertificates certificates;
    private final GrpcPlaces places;
    private final RequestBytes requestBytes;
    private final int callsAtATime;
    private final int resets;
    private final Duration idle;
    private final Duration age;
    private final Duration handshake;
    private final Duration keepAlive;

    /**
     * Whatever is set.
     *
     * @param callsAtATime how many calls a connection may carry at a time
     * @param resets how many calls may be taken back on a connection in 30 seconds, before it is closed
     * @param idle how long a connection without a call is kept
     * @param age how long a connection is used before callers make another, to replicas that were not there before
     * @param handshake how long it may take until a connection can carry calls
     * @param keepAlive how often a caller asks during a silent call whether the connection still stands
     */
    @Inject
    GrpcConnections(
            LayerCertificates certificates,
            GrpcPlaces places,
            RequestBytes requestBytes,
            @ConfigProperty(name = "tierstock.grpc.calls-per-connection") int callsAtATime,
            @ConfigProperty(name = "tierstock.grpc.resets") int resets,
            @ConfigProperty(name = "tierstock.grpc.idle") Duration idle,
            @ConfigProperty(name = "tierstock.grpc.age") Duration age,
            @ConfigProperty(name = "tierstock.grpc.handshake") Duration handshake,
            @ConfigProperty(name = "tierstock.grpc.keep-alive") Duration keepAlive) {
        this.certificates = certificates;
        this.places = places;
        this.requestBytes = requestBytes;
        this.callsAtATime = callsAtATime;
        this.resets = resets;
        this.idle = idle;
        this.age = age;
        this.handshake = handshake;
        this.keepAlive = keepAlive;
    }

    /** For the container's proxy. */
    protected GrpcConnections() {
        this(null, null, null, 0, 0, null, null, null, null);
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        NettyServerBuilder server = builder.nettyBuilder();
        server.protocolNegotiator(places.before(certificates
                .ofServer()
                .map(InternalProtocolNegotiators::serverTls)
                .orElseGet(InternalProtocolNegotiators::serverPlaintext)));
        server.addStreamTracerFactory(requestBytes);
        server.maxConcurrentCallsPerConnection(callsAtATime);
        server.maxRstFramesPerWindow(resets, WINDOW_SECONDS);
        server.maxConnectionIdle(idle.toMillis(), TimeUnit.MILLISECONDS);
        server.maxConnectionAge(age.toMillis(), TimeUnit.MILLISECONDS);
        server.handshakeTimeout(handshake.toMillis(), TimeUnit.MILLISECONDS);
        // Twice as often as callers of the same setting ask: whoever asks more often than allowed is hung up on, in the
        // middle of whatever else its connection carries.
        server.permitKeepAliveTime(keepAlive.toMillis() / 2, TimeUnit.MILLISECONDS);
        server.permitKeepAliveWithoutCalls(true);
    }
}
