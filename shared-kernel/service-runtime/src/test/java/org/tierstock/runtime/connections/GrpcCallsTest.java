package org.tierstock.runtime.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeGrpcService;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.probe.Waiting;

/** Whoever does not keep to what a connection may carry loses it, and nobody else loses anything. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(GrpcCallsTest.FewCalls.class)
@Timeout(60)
class GrpcCallsTest {
    private static final int CALLS = 6;
    private static final int CALLS_PER_CONNECTION = 8;
    private static final int RESETS = 20;
    private static final int HALF_A_MEGABYTE = 500_000;
    /** Of whoever has not confirmed a larger one. */
    private static final int WITHIN_THE_WINDOW = 60_000;

    private static final int PIECE = 16_384;

    public static class FewCalls implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tierstock.grpc.calls",
                    Integer.toString(CALLS),
                    "tierstock.grpc.calls-per-connection",
                    Integer.toString(CALLS_PER_CONNECTION),
                    "tierstock.grpc.resets",
                    Integer.toString(RESETS),
                    "tierstock.grpc.request",
                    "1s",
                    "tierstock.requests.megabytes",
                    "1",
                    "tierstock.grpc.first-call",
                    "1s");
        }
    }

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int port;

    private ManagedChannel connection;

    @BeforeEach
    void connect() {
        connection = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
    }

    @AfterEach
    void answerAndDisconnect() {
        ProbeGrpcService.speak();
        connection.shutdownNow();
        awaitUnderWay(0);
    }

    @Test
    void whoever_begins_more_calls_at_a_time_than_it_may_is_hung_up_on() throws IOException {
        try (RawCalls caller = new RawCalls(port)) {
            caller.ask(ProbeGrpcService.ASK, Tokens.of("service-sales"), "hello");
            for (int call = 0; call <= CALLS_PER_CONNECTION; call++) {
                caller.begin(ProbeGrpcService.ASK, Tokens.of("service-sales"));
            }

            assertThat(caller.isHungUpOn()).isTrue();
        }
    }

    @Test
    void whoever_has_no_good_token_is_hung_up_on_after_so_many_calls() throws IOException {
        for (String token : new String[] {null, Tokens.expired()}) {
            try (RawCalls stranger = new RawCalls(port)) {
                for (int call = 0; call <= CALLS_PER_CONNECTION; call++) {
                    stranger.takeBack(stranger.begin(ProbeGrpcService.ASK, token));
                }

                assertThat(stranger.isHungUpOn()).isTrue();
            }
        }
    }

    @Test
    void whoever_takes_back_more_calls_than_it_may_is_hung_up_on() throws IOException {
        try (RawCalls caller = new RawCalls(port)) {
            caller.ask(ProbeGrpcService.ASK, Tokens.of("service-sales"), "hello");
            for (int call = 0; call <= RESETS; call++) {
                caller.takeBack(caller.begin(ProbeGrpcService.ASK, Tokens.of("service-sales")));
            }

            assertThat(caller.isHungUpOn()).isTrue();
        }
    }

    @Test
    void a_connection_by_which_nobody_calls_whose_token_is_good_is_closed() throws IOException {
        try (RawCalls silent = new RawCalls(port);
                RawCalls stranger = new RawCalls(port)) {
            stranger.begin(ProbeGrpcService.ASK, null);

            assertThat(silent.isHungUpOn()).isTrue();
            assertThat(stranger.isHungUpOn()).isTrue();
        }
    }

    @Test
    void a_stranger_that_calls_when_it_has_been_told_to_go_is_hung_up_on() throws IOException {
        try (RawCalls stranger = new RawCalls(port)) {
            stranger.awaitFarewell();
            stranger.begin(ProbeGrpcService.ASK, null);
            stranger.begin(ProbeGrpcService.ASK, Tokens.expired());

            assertThat(stranger.isHungUpOn()).isTrue();
        }
    }

    @Test
    void the_servers_own_health_service_is_open_to_nobody() {
        for (Channel caller : List.of(connection, as("service-sales"))) {
            for (MethodDescriptor<HealthCheckRequest, HealthCheckResponse> method :
                    List.of(HealthGrpc.getCheckMethod(), HealthGrpc.getWatchMethod())) {
                assertThatThrownBy(() -> ClientCalls.blockingServerStreamingCall(
                                        caller,
                                        method,
                                        CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                                        HealthCheckRequest.getDefaultInstance())
                                .next())
                        .isInstanceOf(StatusRuntimeException.class)
                        .satisfies(refused -> assertThat(
                                        Status.fromThrowable(refused).getCode())
                                .isIn(Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED));
            }
        }
    }

    @Test
    void a_call_whose_request_does_not_come_ends_and_gives_its_place_back() throws Exception {
        CompletableFuture<Status> ended = new CompletableFuture<>();
        ClientCall<String, String> call = as("somebody").newCall(ProbeGrpcService.ASK, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                new Metadata());

        assertThat(ended.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        awaitUnderWay(0);
    }

    @Test
    void a_request_that_comes_is_counted_until_it_is_whole_or_nobody_waits_for_it() throws IOException {
        try (RawCalls caller = new RawCalls(port)) {
            caller.sendHalf(caller.begin(ProbeGrpcService.ASK, Tokens.of("service-sales")), WITHIN_THE_WINDOW);

            awaitBytes(bytes -> bytes > WITHIN_THE_WINDOW - PIECE);
        }
        awaitBytes(bytes -> bytes == 0);
    }

    @Test
    void a_request_that_is_larger_than_there_is_room_for_is_refused_and_others_come_whole() {
        assertThat(catchThrowableOfType(
                                StatusRuntimeException.class, () -> ask("somebody", "x".repeat(6 * HALF_A_MEGABYTE)))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(ask("another", "x".repeat(HALF_A_MEGABYTE))).startsWith("another");
        awaitBytes(bytes -> bytes == 0);
    }

    @Test
    void one_caller_that_takes_all_places_for_calls_finds_no_more_and_others_still_do() {
        List<Future<String>> silent = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            silent.add(ClientCalls.futureUnaryCall(
                    as("somebody").newCall(ProbeGrpcService.ASK, CallOptions.DEFAULT), "silent"));
        }
        awaitUnderWay(CALLS);

        assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> ask("somebody"))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(ask("another")).startsWith("another");

        ProbeGrpcService.speak();
        assertThat(silent)
                .allSatisfy(call -> assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("at last"));
    }

    @Test
    void whoever_keeps_to_it_makes_as_many_calls_as_they_like() {
        for (int call = 0; call < 5 * CALLS_PER_CONNECTION; call++) {
            assertThat(ask("somebody")).startsWith("somebody");
        }
    }

    private String ask(String subject) {
        return ask(subject, "hello");
    }

    private String ask(String subject, String question) {
        return ClientCalls.blockingUnaryCall(
                as(subject),
                ProbeGrpcService.ASK,
                CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                question);
    }

    private Channel as(String subject) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Tokens.ofSubject(subject, "service-sales"));
        return ClientInterceptors.intercept(connection, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private void awaitBytes(DoublePredicate enough) {
        Waiting.until(
                () -> enough.test(meters.get("tierstock.requests.bytes").gauge().value()));
    }

    private void awaitUnderWay(int calls) {
        Waiting.until(() -> meters.get("tierstock.calls.active").gauge().value() == calls);
    }
}
