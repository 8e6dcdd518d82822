package org.tierstock.runtime.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class RestEntranceTest {
    @Inject
    JWTAuthContextInfo tokens;

    private static final String GOOD = """
            {"number":"n1","count":1,"urgent":true,"kind":"PLAIN","at":"2026-01-01",
             "lines":[{"sku":"a","quantity":2}]}""";

    @Test
    void a_good_document_is_taken() {
        post(GOOD).statusCode(200).body("lines[0].quantity", equalTo(2));
    }

    @Test
    void an_optional_field_may_be_absent() {
        post("""
             {"number":"n1","count":1,"lines":[{"sku":"a","quantity":2}]}""").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "\"\"",
                "7",
                "{\"number\":\"n1\"",
                "{\"number\":\"n1\",\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]} trailing",
                "{\"number\":\"n1\",\"count\":1,\"lines\":[]}",
                "{\"number\":\"n1\",\"count\":1}",
                "{\"number\":\"n1\",\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":null,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1.5,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1.0,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1e3,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":\"1\",\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":\"\",\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":true,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":9223372036854775808,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":[1],\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":7,\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":true,\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"urgent\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"urgent\":\"true\",\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"kind\":0,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"kind\":\"FANCY\",\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"kind\":\"\",\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"at\":\"yesterday\",\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"at\":20454,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"lines\":{\"sku\":\"a\",\"quantity\":2}}",
                "{\"number\":\"n1\",\"count\":1,\"lines\":[\"\"]}",
                "{\"number\":\"n1\",\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":0}]}",
                "{\"number\":\"n1\",\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":-2}]}",
                "{\"number\":\"n1\",\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":1000000001}]}",
                "{\"number\":\"n1\",\"number\":\"n2\",\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
                "{\"number\":\"n1\",\"count\":1,\"lines\":[{\"sku\":\"a\",\"quantity\":2}],\"extra\":1}",
                "{\"number\":\"n1\",\"count\":NaN,\"lines\":[{\"sku\":\"a\",\"quantity\":2}]}",
            })
    void a_body_that_is_not_to_the_letter_is_malformed(String body) {
        post(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("MALFORMED"))
                .body("title", equalTo("Malformed"))
                .body("type", equalTo("urn:tierstock:problem:malformed"))
                .body("status", equalTo(400))
                .body("detail", not(containsString("tierstock.")))
                .body("detail", not(containsString("fasterxml")));
    }

    @Test
    void a_wrong_value_deep_in_a_body_is_named_by_its_path() {
        post("""
             {"number":"n1","count":1,"lines":[{"sku":"a","quantity":2},{"sku":"a","quantity":"3"}]}""").statusCode(400).body("field", equalTo("lines[1].quantity"));
        post("""
             {"number":"n1","count":1,"lines":[{"sku":"a","quantity":-3}]}""")
                .statusCode(400)
                .body("field", equalTo("lines[0].quantity"))
                .body("detail", containsString("whole number from 1"));
        post("""
             {"number":"n1","count":1,"lines":[]}""").statusCode(400).body("field", equalTo("lines")).body("violations.field", hasItem("lines"));
    }

    @Test
    void a_body_of_many_levels_is_malformed() {
        assertThat(exchange("{\"number\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .startsWith("400")
                .contains("\"MALFORMED\"");
        assertThat(exchange("{\"lines\":[{\"sku\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}]}"))
                .startsWith("400")
                .contains("\"MALFORMED\"");
    }

    @Test
    void a_body_over_the_limit_is_too_large() {
        assertThat(exchange("\"" + "x".repeat(3_000_000) + "\""))
                .startsWith("413")
                .contains("\"TOO_LARGE\"");
    }

    @Test
    void a_body_in_chunks_over_the_limit_is_too_large() {
        byte[] line = "{\"sku\":\"a\",\"quantity\":2},".getBytes(StandardCharsets.US_ASCII);
        byte[] body = ("{\"number\":\"n1\",\"count\":1,\"lines\":["
                        + new String(line, StandardCharsets.US_ASCII).repeat(120_000))
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(exchange(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                .startsWith("413")
                .contains("\"TOO_LARGE\"");
    }

    @Test
    void bytes_that_are_no_text_are_malformed() {
        byte[] invalid = "{\"number\":\"?\",\"count\":1}".getBytes(StandardCharsets.US_ASCII);
        invalid[11] = (byte) 0xff;

        assertThat(exchange(BodyPublishers.ofByteArray(invalid)))
                .startsWith("400")
                .contains("\"MALFORMED\"");
    }

    @Test
    void a_body_of_another_kind_is_refused() {
        asOperator()
                .contentType("text/plain")
                .body("hello")
                .post("/v1/probe/documents")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("code", equalTo("UNSUPPORTED_MEDIA_TYPE"));
        asOperator()
                .accept("image/png")
                .get("/v1/probe/caller")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_ACCEPTABLE"));
    }

    @Test
    void a_wrong_method_or_path_is_a_problem() {
        asOperator().delete("/v1/probe/caller").then().statusCode(405).body("code", equalTo("METHOD_NOT_ALLOWED"));
        asOperator().get("/v1/nothing").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        asOperator().get("/").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/probe/caller HTTP/1.1\r\n", "GET /v1/probe/caller HTTP/1.1\r\nHost: \"\r\n"})
    void a_request_that_names_no_host_is_malformed(String head) throws IOException {
        assertThat(answersTo(head + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"MALFORMED\"")
                .doesNotContain("stack");
    }

    @Test
    void what_follows_a_body_in_chunks_on_its_connection_is_no_request() throws IOException {
        for (String length : List.of("", "Content-Length: 6\r\n")) {
            assertThat(answersTo("POST /v1/probe/documents HTTP/1.1\r\nHost: localhost\r\n" + length
                            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                            + "GET /v1/probe/caller HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .containsOnlyOnce("HTTP/1.1 ");
        }
    }

    /** All that comes until the server closes the connection. */
    private static String answersTo(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "x", "1.5", "99999999999999999999"})
    void a_limit_that_makes_no_sense_is_malformed(String limit) {
        asOperator()
                .queryParam("limit", limit)
                .get("/v1/probe/limit")
                .then()
                .statusCode(400)
                .body("code", equalTo("MALFORMED"));
    }

    @Test
    void a_limit_has_a_default() {
        asOperator().get("/v1/probe/limit").then().statusCode(200).body("rows", equalTo(100));
    }

    @Test
    void a_character_that_the_database_cannot_store_is_malformed() {
        asOperator()
                .urlEncodingEnabled(false)
                .get("/v1/probe/text?text=a%00b")
                .then()
                .statusCode(400)
                .body("code", equalTo("MALFORMED"));
    }

    @Test
    void a_refusal_carries_what_its_code_promises() {
        failure("refused")
                .statusCode(409)
                .body("code", equalTo("INSUFFICIENT_STOCK"))
                .body("title", equalTo("Insufficient stock"))
                .body("lines[0].sku", equalTo("a"))
                .body("members", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"overloaded,429,OVERLOADED", "unknown,503,OUTCOME_UNKNOWN", "database,503,UNAVAILABLE"})
    void a_passing_trouble_says_when_to_come_back(String kind, int status, String code) {
        failure(kind)
                .statusCode(status)
                .header("Retry-After", "1")
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("detail", not(containsString("secret")));
    }

    @Test
    void a_defect_tells_its_trace_and_nothing_else() {
        String trace = "0af7651916cd43dd8448eb211c80319c";

        asOperator()
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .queryParam("kind", "defect")
                .get("/v1/probe/failure")
                .then()
                .statusCode(500)
                .body("code", equalTo("INTERNAL"))
                .body("traceId", equalTo(trace))
                .body(not(containsString("secret")))
                .header("traceparent", matchesPattern("00-" + trace + "-[0-9a-f]{16}-01"));
    }

    @Test
    void every_answer_names_its_trace() {
        given().get("/v1/nothing").then().header("traceparent", matchesPattern("00-[0-9a-f]{32}-[0-9a-f]{16}-00"));
    }

    @Test
    void without_a_token_nobody_is_let_in() {
        given().contentType(ContentType.JSON)
                .body(GOOD)
                .post("/v1/probe/documents")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType("application/problem+json")
                .body("code", equalTo("UNAUTHENTICATED"));
    }

    @Test
    void the_issuers_keys_are_fetched_anew_every_five_minutes() {
        assertThat(tokens.getJwksRefreshInterval()).isEqualTo(5);
    }

    @Test
    void a_token_that_is_not_good_is_no_token() {
        for (String token : new String[] {
            "x",
            "a.b.c",
            Tokens.expired(),
            Tokens.ofForeignIssuer(),
            Tokens.forAnotherApplication(),
            Tokens.forNobody(),
            Tokens.tooOld(),
            Tokens.forTooLong(),
            Tokens.idToken(),
            Tokens.signedByForeignKey(),
            Tokens.withMalformedScope(),
            Tokens.with("channels", Arrays.asList("web", null), "operator"),
            Tokens.with("owners", Map.of("a", 1), "operator"),
            Tokens.with("groups", Map.of("a", 1), "operator"),
            Tokens.with("jti", 7, "operator"),
            Tokens.of("operator") + "x"
        }) {
            given().auth()
                    .oauth2(token)
                    .get("/v1/probe/caller")
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("UNAUTHENTICATED"));
        }
    }

    @Test
    void a_token_without_a_subject_is_refused_with_the_reason() {
        given().auth()
                .oauth2(Tokens.withoutSubject())
                .get("/v1/probe/caller")
                .then()
                .statusCode(401)
                .body("code", equalTo("UNAUTHENTICATED"))
                .body("detail", equalTo("A valid bearer token is needed: the token names no subject (sub)."));
    }

    @Test
    void a_wrong_role_is_forbidden() {
        given().auth()
                .oauth2(Tokens.of("auditor"))
                .contentType(ContentType.JSON)
                .body(GOOD)
                .post("/v1/probe/documents")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("FORBIDDEN"));
    }

    @Test
    void an_endpoint_that_names_no_role_is_closed() {
        asOperator().get("/v1/probe/forgotten").then().statusCode(403).body("code", equalTo("FORBIDDEN"));
    }

    @Test
    void the_caller_is_who_the_token_says() {
        for (int again = 0; again < 2; again++) {
            asNarrowed("operator")
                    .get("/v1/probe/caller")
                    .then()
                    .statusCode(200)
                    .body("subject", equalTo("somebody"))
                    .body("web", equalTo(true))
                    .body("shop", equalTo(false))
                    .body("anyWarehouse", equalTo(true))
                    .body("owner", equalTo(false));
        }
    }

    @Test
    void a_foreign_scope_is_forbidden() {
        asNarrowed("channel")
                .queryParam("channel", "shop")
                .get("/v1/probe/channel")
                .then()
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"))
                .body("channel", equalTo("shop"));
        asNarrowed("channel")
                .queryParam("channel", "web")
                .get("/v1/probe/channel")
                .then()
                .statusCode(200);
    }

    @Test
    void a_narrowed_token_opens_nothing_that_does_not_keep_to_scopes() {
        asNarrowed("operator").get("/v1/probe/limit").then().statusCode(403).body("code", equalTo("FORBIDDEN"));
        asNarrowed("auditor").get("/v1/movements").then().statusCode(403);
        asOperator().get("/v1/probe/limit").then().statusCode(200);
    }

    @Test
    void whose_role_is_wrong_or_who_has_no_token_is_told_that_and_nothing_of_scopes() {
        given().get("/v1/probe/limit").then().statusCode(401);
        asNarrowed("wms").get("/v1/probe/limit").then().statusCode(403).body("detail", not(containsString("scopes")));
    }

    private static RequestSpecification asNarrowed(String role) {
        return given().auth().oauth2(Tokens.narrowed(role));
    }

    private static RequestSpecification asOperator() {
        return given().auth().oauth2(Tokens.of("operator"));
    }

    private static ValidatableResponse post(String body) {
        return asOperator()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/probe/documents")
                .then();
    }

    private static ValidatableResponse failure(String kind) {
        return asOperator().queryParam("kind", kind).get("/v1/probe/failure").then();
    }

    private static String exchange(String body) {
        return exchange(BodyPublishers.ofString(body));
    }

    /** Status and body; not by REST-assured, which holds such bodies several times over. */
    private static String exchange(HttpRequest.BodyPublisher body) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/probe/documents"))
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
