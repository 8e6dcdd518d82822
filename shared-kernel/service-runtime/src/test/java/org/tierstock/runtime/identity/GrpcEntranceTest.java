package org.tierstock.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
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
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeGrpcService;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.problem.GrpcProblems;
import org.tierstock.runtime.trace.TraceContext;
import org.tierstock.runtime.trace.TracedCalls;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class GrpcEntranceTest {
    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int port;

    @Inject
    MeterRegistry meters;

    @Inject
    TracedCalls tracedCalls;

    private ManagedChannel channel;

    @BeforeEach
    void open() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    @Test
    void a_service_is_let_in_and_known() {
        assertThat(ask(ProbeGrpcService.ASK, Tokens.of("service-sales"), "hello"))
                .startsWith("somebody ");
        assertThat(ask(ProbeGrpcService.ASK, Tokens.of("service-sales"), "hello"))
                .startsWith("somebody ");
    }

    @Test
    void without_a_good_token_nobody_is_let_in() {
        for (String token : new String[] {
            null,
            "x",
            Tokens.expired(),
            Tokens.signedByForeignKey(),
            Tokens.with("channels", Arrays.asList("web", null), "service-sales"),
            Tokens.with("groups", Map.of("a", 1), "service-sales")
        }) {
            assertThat(refusal(ProbeGrpcService.ASK, token, "hello").getStatus().getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void a_token_without_a_subject_is_refused_with_the_reason() {
        Status refused =
                refusal(ProbeGrpcService.ASK, Tokens.withoutSubject(), "hello").getStatus();

        assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refused.getDescription()).contains("the token names no subject (sub)");
    }

    @Test
    void a_wrong_role_is_refused() {
        assertThat(refusal(ProbeGrpcService.ASK, Tokens.of("operator"), "hello")
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void a_narrowed_token_opens_no_method_that_does_not_keep_to_scopes() {
        assertThat(refusal(ProbeGrpcService.ASK, Tokens.narrowed("service-sales"), "hello")
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void who_is_refused_is_counted_by_cause() {
        double tokens = refused("token");
        double roles = refused("role");

        refusal(ProbeGrpcService.ASK, Tokens.expired(), "hello");
        refusal(ProbeGrpcService.ASK, Tokens.of("service-dispatch"), "hello");

        assertThat(refused("token")).isEqualTo(tokens + 1);
        assertThat(refused("role")).isEqualTo(roles + 1);
    }

    private double refused(String cause) {
        return meters.get("tierstock.calls.refused")
                .tag("cause", cause)
                .counter()
                .count();
    }

    @Test
    void a_method_that_declares_no_role_is_closed() {
        assertThat(refusal(ProbeGrpcService.FORGOTTEN, Tokens.of("service-sales"), "hello")
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @ParameterizedTest
    @CsvSource({
        "refused,FAILED_PRECONDITION,STALE",
        "invalid,INVALID_ARGUMENT,MALFORMED",
        "overloaded,RESOURCE_EXHAUSTED,OVERLOADED",
        "unknown,UNAVAILABLE,OUTCOME_UNKNOWN",
        "database,UNAVAILABLE,UNAVAILABLE",
        "defect,INTERNAL,INTERNAL"
    })
    void a_failure_is_a_status_with_a_code_and_no_internals(String kind, Status.Code status, String code) {
        StatusRuntimeException refusal = refusal(ProbeGrpcService.ASK, Tokens.of("service-sales"), kind);

        assertThat(refusal.getStatus().getCode()).isEqualTo(status);
        assertThat(refusal.getTrailers().get(GrpcProblems.CODE)).isEqualTo(code);
        assertThat(refusal.getStatus().getDescription()).doesNotContain("secret");
    }

    @Test
    void a_call_hands_its_trace_on() {
        TraceContext trace = TraceContext.fresh();
        AtomicReference<String> answer = new AtomicReference<>();

        trace.run(() -> answer.set(ask(ProbeGrpcService.ASK, Tokens.of("service-sales"), "hello")));

        assertThat(answer.get()).isEqualTo("somebody " + trace.traceId());
    }

    private StatusRuntimeException refusal(MethodDescriptor<String, String> method, String token, String question) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> ask(method, token, question));
    }

    private String ask(MethodDescriptor<String, String> method, String token, String question) {
        Metadata headers = new Metadata();
        if (token != null) {
            headers.put(GrpcGate.AUTHORIZATION, "Bearer " + token);
        }
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, tracedCalls, MetadataUtils.newAttachHeadersInterceptor(headers)),
                method,
                CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                question);
    }
}
