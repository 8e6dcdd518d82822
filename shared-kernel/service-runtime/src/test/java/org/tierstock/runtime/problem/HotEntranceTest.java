package org.tierstock.runtime.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;

/** The same rules where no thread of its own serves a request. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HotEntranceTest {
    private static final String LINE = "{\"sku\":\"a\",\"quantity\":2}";

    @Test
    void a_good_document_is_taken_in_its_trace_and_by_its_caller() {
        String trace = "0af7651916cd43dd8448eb211c80319c";

        given().auth()
                .oauth2(Tokens.of("operator"))
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-00")
                .contentType(ContentType.JSON)
                .body(document("n1", LINE))
                .post("/v1/probe/stage")
                .then()
                .statusCode(200)
                .body("subject", equalTo("somebody"))
                .body("traceId", equalTo(trace));
    }

    @Test
    void a_document_larger_than_one_read_is_taken() {
        assertThat(exchange(BodyPublishers.ofString(document("n1", LINE + ("," + LINE).repeat(50_000)))))
                .startsWith("200");
    }

    @Test
    void a_body_that_is_not_to_the_letter_is_malformed() {
        for (String body : new String[] {"", "null", "{", "[]", document("n1", "{\"sku\":\"a\",\"quantity\":\"2\"}")}) {
            post(body).statusCode(400).body("code", equalTo("MALFORMED"));
        }
        String deep = "{\"number\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(exchange(BodyPublishers.ofString(deep))).startsWith("400").contains("\"MALFORMED\"");
    }

    @Test
    void a_body_over_the_limit_is_too_large() {
        String body = document("n1", LINE + ("," + LINE).repeat(120_000));
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);

        assertThat(exchange(BodyPublishers.ofByteArray(bytes)))
                .startsWith("413")
                .contains("\"TOO_LARGE\"");
        assertThat(exchange(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))))
                .startsWith("413");
    }

    @Test
    void a_failure_now_or_later_is_a_problem() {
        post(document("overloaded", LINE)).statusCode(429).body("code", equalTo("OVERLOADED"));
        post(document("defect", LINE))
                .statusCode(500)
                .body("code", equalTo("INTERNAL"))
                .body("detail", not(containsString("secret")));
    }

    @Test
    void nobody_is_let_in_without_a_good_token_and_role() {
        given().contentType(ContentType.JSON)
                .body(document("n1", LINE))
                .post("/v1/probe/stage")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Tokens.of("channel"))
                .contentType(ContentType.JSON)
                .body(document("n1", LINE))
                .post("/v1/probe/stage")
                .then()
                .statusCode(403);
    }

    private static String document(String number, String lines) {
        return "{\"number\":\"" + number + "\",\"count\":1,\"lines\":[" + lines + "]}";
    }

    private static ValidatableResponse post(String body) {
        return given().auth()
                .oauth2(Tokens.of("operator"))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/probe/stage")
                .then();
    }

    private static String exchange(HttpRequest.BodyPublisher body) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/probe/stage"))
                            .version(HttpClient.Version.HTTP_1_1)
                            .header("Authorization", "Bearer " + Tokens.of("operator"))
                            .header("Content-Type", "application/json")
                            .POST(body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
