package org.tierstock.runtime.bounds;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.probe.Waiting;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class RequestBoundTest {
    private static final int CAPACITY = 8;

    @Inject
    MeterRegistry meters;

    @Test
    @Timeout(30)
    void beyond_its_bound_a_request_is_refused_at_once_while_hot_ones_are_taken_and_later_it_is_taken_again() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Response>> slow = Stream.generate(
                            () -> CompletableFuture.supplyAsync(RequestBoundTest::second, callers))
                    .limit(CAPACITY)
                    .toList();
            awaitActive(CAPACITY);

            Response refused = second();
            refused.then().statusCode(429).header("Retry-After", "1").body("code", equalTo("OVERLOADED"));
            assertThat(refused.time()).isLessThan(1_000);
            given().auth()
                    .oauth2(Tokens.of("operator"))
                    .contentType(ContentType.JSON)
                    .body("{\"number\":\"n1\",\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}")
                    .post("/v1/probe/stage")
                    .then()
                    .statusCode(200);

            assertThat(slow).allMatch(answer -> answer.join().statusCode() == 200);
        }
        awaitActive(0);
        second().then().statusCode(200);
    }

    @Test
    @Timeout(30)
    void a_caller_with_as_many_requests_under_way_as_there_are_places_does_not_keep_another_out() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Response>> slow = Stream.generate(
                            () -> CompletableFuture.supplyAsync(RequestBoundTest::second, callers))
                    .limit(CAPACITY)
                    .toList();
            awaitActive(CAPACITY);

            second("somebody else").then().statusCode(200);

            slow.forEach(CompletableFuture::join);
        }
        awaitActive(0);
    }

    @Test
    @Timeout(30)
    void bodies_that_are_large_and_do_not_come_leave_room_for_others() throws IOException {
        List<Socket> begun = new ArrayList<>();
        try {
            String answer = "";
            while (answer.isEmpty()) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
                begun.add(socket);
                double before = bytes();
                socket.getOutputStream().write("""
                        POST /v1/probe/stage HTTP/1.1
                        Host: localhost
                        Authorization: Bearer %s
                        Content-Type: application/json
                        %s

                        """.formatted(
                                Tokens.ofSubject("greedy", "operator"),
                                begun.size() % 2 == 0 ? "Content-Length: 1900000" : "Transfer-Encoding: chunked")
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                Waiting.until(() -> bytes() > before || socket.getInputStream().available() > 0);
                answer = new String(
                        socket.getInputStream()
                                .readNBytes(socket.getInputStream().available()),
                        StandardCharsets.US_ASCII);
            }
            assertThat(answer).startsWith("HTTP/1.1 429 ");
            assertThat(bytes()).isBetween(64e6 - 2e6, 64e6 + 2e6);

            given().auth()
                    .oauth2(Tokens.ofSubject("somebody", "operator"))
                    .contentType(ContentType.JSON)
                    .body("{\"number\":\"n1\",\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]"
                            + " ".repeat(1_900_000) + "}")
                    .post("/v1/probe/stage")
                    .then()
                    .statusCode(200);
        } finally {
            for (Socket socket : begun) {
                socket.close();
            }
        }
        Waiting.until(() -> bytes() == 0);
    }

    private double bytes() {
        return meters.get("tierstock.requests.bytes").gauge().value();
    }

    private static Response second() {
        return second("somebody");
    }

    private static Response second(String subject) {
        return given().auth().oauth2(Tokens.ofSubject(subject, "operator")).get("/v1/probe/second");
    }

    private void awaitActive(int requests) {
        Waiting.until(() -> meters.get("tierstock.requests.active").gauge().value() == requests);
    }
}
