package org.tierstock.runtime.connections;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeGrpcService;
import org.tierstock.runtime.probe.Tokens;

/** Connections on which nobody speaks: those that nobody needs end, those that somebody waits on do not. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(SilentConnectionsTest.ShortPatience.class)
@Timeout(60)
class SilentConnectionsTest {
    private static final int PLACES = 40;
    private static final int PINGS = 10;

    public static class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tierstock.http.idle", "500ms",
                    "tierstock.http.request", "3s",
                    "tierstock.http.connections", Integer.toString(PLACES),
                    "tierstock.grpc.handshake", "500ms",
                    "tierstock.grpc.idle", "500ms",
                    "tierstock.grpc.keep-alive", "100ms");
        }
    }

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Vertx vertx;

    @Inject
    MeterRegistry meters;

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int grpcPort;

    @Test
    void what_sends_nothing_or_half_a_request_or_no_further_one_is_closed() throws IOException {
        for (String sent : List.of(
                "",
                "GET /v1/pro",
                "GET /v1/probe/forgotten HTTP/1.1\r\nHost: loc",
                "POST /v1/probe/documents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Tokens.of("operator")
                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
                "GET /v1/probe/forgotten HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            try (Socket silent = connect(RestAssured.port)) {
                silent.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
                silent.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void a_request_that_drips_is_not_waited_for_without_end() throws IOException {
        given().get("/v1/probe/forgotten");
        String whole = "GET /v1/probe/forgotten HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (String begun : List.of(
                "",
                "GET /v1/probe/forgotten HTTP/1.1\r\nHost: loc",
                documentOf(1_000_000),
                whole,
                whole + documentOf(1_000_000),
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            try (Socket dripping = connect(RestAssured.port)) {
                dripping.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
                assertThat(dripsUntilClosed(dripping)).as(begun).isTrue();
            }
        }
    }

    /** A byte at a time, more often than silence is borne. False when the server bears that for long. */
    private static boolean dripsUntilClosed(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        for (int drop = 0; drop < 100; drop++) {
            try {
                socket.getOutputStream().write('a');
                while (socket.getInputStream().read() >= 0) {
                    Thread.onSpinWait();
                }
                return true;
            } catch (SocketTimeoutException stillOpen) {
                Thread.onSpinWait();
            } catch (SocketException closed) {
                return true;
            }
        }
        return false;
    }

    @Test
    void a_request_that_comes_slowly_but_whole_in_its_time_is_answered() throws IOException {
        try (Socket slow = connect(RestAssured.port)) {
            slow.getOutputStream().write(documentOf(10).getBytes(StandardCharsets.US_ASCII));
            slow.setSoTimeout(150);
            for (int drop = 0; drop < 10; drop++) {
                assertThatThrownBy(() -> slow.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                slow.getOutputStream().write(' ');
            }
            slow.setSoTimeout(20_000);
            assertThat(slow.getInputStream().read()).isEqualTo('H');
        }
    }

    private static String documentOf(int length) {
        return "POST /v1/probe/documents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Tokens.of("operator")
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @Test
    void who_waits_for_an_answer_is_waited_for() {
        given().auth()
                .oauth2(Tokens.of("operator"))
                .get("/v1/probe/second")
                .then()
                .statusCode(200);
    }

    @Test
    void health_and_metrics_answer_on_a_port_of_their_own_when_all_places_are_taken() throws IOException {
        List<Socket> silent = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            Socket socket = connect(RestAssured.port);
            silent.add(socket);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        given().get(management.resolve("/q/health/live")).then().statusCode(200);
        given().get(management.resolve("/q/metrics")).then().statusCode(200);
        for (Socket socket : silent) {
            try (socket) {
                socket.getInputStream().readAllBytes();
            }
        }
        given().get("/v1/probe/forgotten").then().statusCode(401);
        given().get("/q/health/live").then().statusCode(404);
        given().get("/q/metrics").then().statusCode(404);
    }

    @Test
    void a_grpc_connection_that_never_speaks_or_has_nothing_to_say_is_closed() throws IOException {
        byte[] greeting = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
        for (byte[] sent : List.of(new byte[0], greeting)) {
            try (Socket silent = connect(grpcPort)) {
                silent.getOutputStream().write(sent);
                silent.getInputStream().readAllBytes();
            }
        }
    }

    @Test
    void a_server_that_is_silent_for_many_pings_is_not_hung_up_on() throws Exception {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        HttpClientRequest call = client.request(
                        HttpMethod.POST, grpcPort, "127.0.0.1", '/' + ProbeGrpcService.ASK.getFullMethodName())
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        // On the connection's own thread: the answer's end may follow at once, and is missed by whoever looks later.
        CompletableFuture<HttpClientResponse> answer = call.putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers")
                .putHeader("authorization", "Bearer " + Tokens.of("service-sales"))
                .send(Buffer.buffer()
                        .appendByte((byte) 0)
                        .appendInt("silent".length())
                        .appendString("silent"))
                .compose(answered -> answered.end().map(answered))
                .toCompletionStage()
                .toCompletableFuture();
        CompletableFuture<Integer> pinged = new CompletableFuture<>();
        ping(call, 1, pinged);
        assertThat(pinged.get(20, TimeUnit.SECONDS)).isEqualTo(PINGS);
        ProbeGrpcService.speak();
        HttpClientResponse answered = answer.get(20, TimeUnit.SECONDS);
        assertThat(answered.getTrailer("grpc-status")).isEqualTo("0");
        client.close();
    }

    @Test
    void whatever_paths_are_made_up_few_of_them_become_tags_of_metrics() throws IOException {
        for (int made = 0; made < 30; made++) {
            send("POST /made/up/" + made + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n");
            send("GET /made/up/" + made + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            send("DELETE /v1/probe/documents;x=" + made + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            given().contentType(ContentType.JSON).body("{}").post("/v1/probe/documents?x=" + made);
        }
        TreeSet<String> paths = new TreeSet<>();
        for (Meter meter : meters.getMeters()) {
            if (meter.getId().getName().equals("http.server.requests")) {
                paths.add(meter.getId().getTag("uri"));
            }
        }
        assertThat(paths).noneMatch(path -> path.matches(".*[0-9]{2}.*")).hasSizeLessThan(12);
    }

    /** Each ping after the last one's answer and a keep-alive's time: as a client with that setting does. */
    private void ping(HttpClientRequest call, int number, CompletableFuture<Integer> done) {
        call.connection().ping(Buffer.buffer("12345678")).onComplete(answered -> {
            if (answered.failed()) {
                done.completeExceptionally(answered.cause());
            } else if (number == PINGS) {
                done.complete(number);
            } else {
                vertx.setTimer(100, next -> ping(call, number + 1, done));
            }
        });
    }

    private static void send(String request) throws IOException {
        try (Socket socket = connect(RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }
}
