package org.tierstock.runtime.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.ProbeGrpcService;

@Timeout(60)
class LayerChannelsTest {
    private static final String ALL_REPLICAS = "replicas.headless";

    private static final ReplicaNames.Provider NAMES = new ReplicaNames.Provider(LayerChannelsTest::addresses);

    private Server here;
    private Server there;

    @BeforeAll
    static void register() {
        NameResolverRegistry.getDefaultRegistry().register(NAMES);
    }

    @AfterAll
    static void deregister() {
        NameResolverRegistry.getDefaultRegistry().deregister(NAMES);
    }

    @AfterEach
    void stop() {
        for (Server server : new Server[] {here, there}) {
            if (server != null) {
                server.shutdownNow();
            }
        }
    }

    @Test
    void every_replica_gets_calls() throws IOException {
        here = start(0, "here");
        there = start(0, "there");
        try (LayerChannels layer = to(here.getPort(), there.getPort())) {
            Set<String> answered = new HashSet<>();
            while (answered.size() < 2) {
                answered.add(ask(layer));
            }
        }
    }

    @Test
    void every_replica_that_a_name_stands_for_gets_calls() throws IOException {
        here = start(0, "here");
        there = start(new InetSocketAddress("127.0.0.2", here.getPort()), "there");
        try (LayerChannels layer = new LayerChannels(
                List.of(ALL_REPLICAS + ':' + here.getPort()), Duration.ofSeconds(30), Optional.empty())) {
            Set<String> answered = new HashSet<>();
            while (answered.size() < 2) {
                answered.add(ask(layer));
            }
            assertThat(answered).containsExactlyInAnyOrder("here", "there");
        }
    }

    /** One name has the addresses of two replicas, as that of a headless service has. */
    private static InetAddress[] addresses(String host) throws UnknownHostException {
        return host.equals(ALL_REPLICAS)
                ? new InetAddress[] {InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2")}
                : InetAddress.getAllByName(host);
    }

    @Test
    void while_one_replica_is_dead_all_calls_go_to_the_other() throws IOException {
        here = start(0, "here");
        try (LayerChannels layer = to(free(), here.getPort())) {
            for (int call = 0; call < 20; call++) {
                assertThat(ask(layer)).isEqualTo("here");
            }
        }
    }

    @Test
    void a_replica_that_is_back_gets_calls_again_while_others_work() throws IOException {
        int port = free();
        here = start(0, "here");
        try (LayerChannels layer = to(port, here.getPort())) {
            for (int call = 0; call < 20; call++) {
                ask(layer);
            }
            there = start(port, "there");
            while (!ask(layer).equals("there")) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_layer_that_is_down_is_told_at_once_and_found_when_it_is_back() throws IOException {
        int port = free();
        try (LayerChannels layer = to(port)) {
            for (int call = 0; call < 20; call++) {
                assertThat(ask(layer)).isEqualTo("UNAVAILABLE");
            }
            here = start(port, "here");
            while (!ask(layer).equals("here")) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_name_that_nobody_knows_hides_no_other() throws IOException {
        here = start(0, "here");
        try (LayerChannels layer = new LayerChannels(
                List.of("nobody.invalid:1", "localhost:" + here.getPort()), Duration.ofSeconds(30), Optional.empty())) {
            assertThat(ask(layer)).isEqualTo("here");
        }
        try (LayerChannels layer =
                new LayerChannels(List.of("nobody.invalid:1"), Duration.ofSeconds(30), Optional.empty())) {
            assertThat(ask(layer)).isEqualTo("UNAVAILABLE");
        }
    }

    private static LayerChannels to(int... ports) {
        return new LayerChannels(
                Arrays.stream(ports).mapToObj(port -> "127.0.0.1:" + port).toList(),
                Duration.ofSeconds(30),
                Optional.empty());
    }

    private static String ask(LayerChannels layer) {
        try {
            return ClientCalls.blockingUnaryCall(
                    layer.next(),
                    ProbeGrpcService.ASK,
                    CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                    "who");
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            return e.getStatus().getCode().name();
        }
    }

    private static Server start(int port, String name) throws IOException {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), name);
    }

    private static Server start(InetSocketAddress address, String name) throws IOException {
        return NettyServerBuilder.forAddress(address)
                .addService(ServerServiceDefinition.builder("probe.Probe")
                        .addMethod(ProbeGrpcService.ASK, ServerCalls.asyncUnaryCall((question, answers) -> {
                            answers.onNext(name);
                            answers.onCompleted();
                        }))
                        .addMethod(ProbeGrpcService.FORGOTTEN, ServerCalls.asyncUnaryCall((question, answers) -> {}))
                        .build())
                .build()
                .start();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
