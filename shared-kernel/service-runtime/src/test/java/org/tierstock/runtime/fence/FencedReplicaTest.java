package org.tierstock.runtime.fence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.probe.Arrivals;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeGrpcService;
import org.tierstock.runtime.probe.Tokens;

/** A replica that cannot ask its peer whether its database was set back. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(FencedReplicaTest.WithoutItsPeer.class)
class FencedReplicaTest {
    /** What a person repairs a fenced layer with. */
    private static final List<String> OPEN = List.of(
            "/v1/restorations",
            "/v1/audits",
            "/v1/reconciliations",
            "/v1/reconciliation-adjustments",
            "/v1/parked-messages");

    private static final String DOCUMENT = """
            {"number":"n1","count":1,"lines":[{"sku":"a","quantity":2}]}""";

    public static class WithoutItsPeer implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tierstock.peers", "dispatch", "tierstock.dispatch.grpc", "127.0.0.1:1");
        }
    }

    /** A method and a path that stands for a resource. */
    private record Operation(String method, String path) {
        boolean mayPass() {
            return method.equals("GET") || OPEN.stream().anyMatch(path::startsWith);
        }
    }

    @Test
    void no_spelling_of_a_path_lets_a_change_through_the_fence() throws IOException {
        List<Operation> changes =
                operations().stream().filter(operation -> !operation.mayPass()).toList();
        assertThat(changes).hasSizeGreaterThan(3);
        Arrivals.ofChanges();
        for (Operation change : changes) {
            assertThat(answer(change.method, change.path)).as("%s", change).contains(" 503 ", "FENCED");
            for (String spelling : spellings(change.path)) {
                assertThat(answer(change.method, spelling))
                        .as("%s %s", change.method, spelling)
                        .doesNotStartWith("HTTP/1.1 2");
            }
        }
        // One that a resource refuses itself has passed, too.
        assertThat(Arrivals.ofChanges()).isEmpty();
    }

    @Test
    void reads_and_what_a_repair_consists_of_are_open() throws IOException {
        for (Operation operation : operations()) {
            if (operation.mayPass()) {
                assertThat(answer(operation.method, operation.path))
                        .as("%s", operation)
                        .doesNotContain("FENCED");
            }
        }
    }

    @Test
    void of_grpc_only_the_services_that_say_so_are_open_whatever_others_are_called() {
        for (MethodDescriptor<String, String> method : List.of(ProbeGrpcService.ASK, ProbeGrpcService.Lookalike.ASK)) {
            Metadata headers = new Metadata();
            headers.put(
                    Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                    "Bearer " + Tokens.of("service-sales"));
            ManagedChannel connection = ManagedChannelBuilder.forAddress("127.0.0.1", grpcPort())
                    .usePlaintext()
                    .build();
            Channel channel =
                    ClientInterceptors.intercept(connection, MetadataUtils.newAttachHeadersInterceptor(headers));
            StatusRuntimeException refused = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, "who"));
            connection.shutdownNow();
            assertThat(refused).as(method.getFullMethodName()).isNotNull();
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(refused.getStatus().getDescription()).startsWith("Fenced");
        }
    }

    private static int grpcPort() {
        return ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
    }

    private static List<Operation> operations() throws IOException {
        JsonNode paths = new ObjectMapper()
                .readTree(given().get("/q/openapi?format=json").asByteArray())
                .get("paths");
        List<Operation> operations = new ArrayList<>();
        paths.properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations.add(new Operation(
                                method.toUpperCase(Locale.ROOT), path.getKey().replaceAll("\\{[^}]*}", "1")))));
        return operations;
    }

    /** The same path as proxies, clients and attackers write it. */
    private static Set<String> spellings(String path) {
        Set<String> spellings = new LinkedHashSet<>();
        List<String> odd =
                List.of(";x", ";x=1", ";", "%3Bx", "/", "/.", "/..", "/../1", "%2F", "%00", ".", "%20", "?", "#");
        for (int end = path.indexOf('/', 1); end > 0; end = end == path.length() ? 0 : next(path, end)) {
            for (String piece : odd) {
                spellings.add(path.substring(0, end) + piece + path.substring(end));
            }
            spellings.add(path.substring(0, end) + "%2F" + (end == path.length() ? "" : path.substring(end + 1)));
            spellings.add(path.substring(0, end) + "\\" + (end == path.length() ? "" : path.substring(end + 1)));
        }
        Stream.of(";x", "/", "/;x", "//", "/.").forEach(piece -> spellings.add(piece + path));
        spellings.add(path.toUpperCase(Locale.ROOT));
        spellings.add(path.replace("v1", "%76%31"));
        spellings.add(path.replace("/", "/;x=1/"));
        spellings.add("http://127.0.0.1" + path.replace("v1", "v1;x"));
        return spellings;
    }

    private static int next(String path, int end) {
        int next = path.indexOf('/', end + 1);
        return next < 0 ? path.length() : next;
    }

    /** By a socket: every client would put the path right. */
    private static String answer(String method, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            String request = method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + Tokens.of("operator") + "\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + DOCUMENT.length() + "\r\n\r\n" + DOCUMENT;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            reader.lines().forEach(line -> answer.append(line).append('\n'));
            return answer.toString();
        }
    }
}
