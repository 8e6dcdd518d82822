package org.tierstock.runtime.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class RequestBoundTest {
    private static final int CAPACITY = 8;

    @Inject
    MeterRegistry meters;

    @Test
    @Timeout(30)
    void beyond_its_bound_a_request_is_refused_at_once_while_hot_ones_are_taken_and_later_it_is_taken_again()
            throws InterruptedException {
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
    void a_caller_with_as_many_requests_under_way_as_there_are_places_does_not_keep_another_out()
            throws InterruptedException {
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

    private static Response second() {
        return second("somebody");
    }

    private static Response second(String subject) {
        return given().auth().oauth2(Tokens.ofSubject(subject, "operator")).get("/v1/probe/second");
    }

    private void awaitActive(int requests) throws InterruptedException {
        while (meters.get("tierstock.requests.active").gauge().value() != requests) {
            Thread.sleep(10);
        }
    }
}
