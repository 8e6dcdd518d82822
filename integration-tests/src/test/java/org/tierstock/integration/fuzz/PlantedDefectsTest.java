package org.tierstock.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A small service with one defect: the campaign finds it. With none, it finds nothing. */
class PlantedDefectsTest {
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String DESCRIPTION = """
            {"paths": {"/v1/things": {"post": {
               "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
               "responses": {"201": {}, "400": {}, "406": {}, "413": {}, "415": {}}}}},
             "components": {"schemas": {"Thing": {"type": "object", "properties": {
               "name": {"type": "string"}, "quantity": {"type": "integer"}}}}}}
            """;

    private enum Defect {
        NONE,
        FAILS_AT_A_NEGATIVE_QUANTITY,
        ANSWERS_AN_UNDECLARED_STATUS,
        REFUSES_WITHOUT_A_PROBLEM,
        CHANGES_WHAT_IT_REFUSES,
        CLOSES_THE_CONNECTION
    }

    private final AtomicLong things = new AtomicLong();

    @Test
    void a_sound_service_is_not_blamed() throws IOException {
        Report report = campaign(Defect.NONE);

        assertThat(report.findings()).isEmpty();
        assertThat(report.inputs()).isEqualTo(1_500);
        assertThat(report.unproven()).isZero();
        assertThat(things).hasPositiveValue();
    }

    @Test
    void a_failure_is_found() throws IOException {
        assertThat(campaign(Defect.FAILS_AT_A_NEGATIVE_QUANTITY).findings())
                .anyMatch(finding -> finding.contains("500 INTERNAL, a failure of the service"));
    }

    @Test
    void a_status_that_is_not_declared_is_found() throws IOException {
        assertThat(campaign(Defect.ANSWERS_AN_UNDECLARED_STATUS).findings())
                .anyMatch(finding -> finding.contains("418 TEAPOT, which the interface does not declare"));
    }

    @Test
    void a_refusal_without_a_code_is_found() throws IOException {
        assertThat(campaign(Defect.REFUSES_WITHOUT_A_PROBLEM).findings())
                .anyMatch(finding -> finding.contains("400 without a problem and its code"));
    }

    @Test
    void a_refusal_that_changes_something_is_found_by_its_input() throws IOException {
        // Each change is sought among all inputs since the last look.
        assertThat(campaign(Defect.CHANGES_WHAT_IT_REFUSES, 300).findings())
                .anyMatch(finding -> finding.contains("changed by what was refused") && finding.contains("input "));
    }

    @Test
    void a_missing_answer_is_found() throws IOException {
        assertThat(campaign(Defect.CLOSES_THE_CONNECTION).findings())
                .anyMatch(finding -> finding.contains("no answer"));
    }

    private final class Things implements State {
        @Override
        public Map<String, String> look() {
            return Map.of("things", things.toString());
        }

        @Override
        public void putOff() {
            // Nothing comes of itself here.
        }

        @Override
        public boolean atRest() {
            return true;
        }
    }

    private Report campaign(Defect defect) throws IOException {
        return campaign(defect, 1_500);
    }

    private Report campaign(Defect defect, int inputs) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/v1/things", exchange -> serve(exchange, defect));
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (Wires wires = new Wires(url)) {
            List<Entry> entries = List.copyOf(RestEntry.of(
                    "planted",
                    Documents.JSON.readTree(DESCRIPTION),
                    new Vocabulary(Map.of(), Map.of()),
                    wires,
                    "token"));
            return new Campaign(entries, new Things(), inputs / 3, line -> {}).run(1, 0, inputs);
        } finally {
            server.stop(0);
            threads.close();
        }
    }

    private void serve(HttpExchange exchange, Defect defect) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode thing = read(body);
        boolean named = thing.path("name").isTextual();
        long quantity = thing.path("quantity").isIntegralNumber()
                ? thing.path("quantity").asLong()
                : 0;
        if (named && quantity > 0 && thing.size() == 2) {
            things.incrementAndGet();
            answer(exchange, 201, "application/json", "{}");
        } else if (quantity < 0 && defect == Defect.FAILS_AT_A_NEGATIVE_QUANTITY) {
            answer(exchange, 500, "application/problem+json", problem(500, "INTERNAL"));
        } else if (!named && defect == Defect.ANSWERS_AN_UNDECLARED_STATUS) {
            answer(exchange, 418, "application/problem+json", problem(418, "TEAPOT"));
        } else if (!named && defect == Defect.REFUSES_WITHOUT_A_PROBLEM) {
            answer(exchange, 400, "text/plain", "no");
        } else if (!named && defect == Defect.CLOSES_THE_CONNECTION) {
            exchange.close();
        } else {
            if (named && quantity < 0 && defect == Defect.CHANGES_WHAT_IT_REFUSES) {
                things.incrementAndGet();
            }
            answer(exchange, 400, "application/problem+json", problem(400, "MALFORMED"));
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            return STRICT.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return STRICT.createObjectNode();
        }
    }

    private static String problem(int status, String code) {
        return "{\"status\":" + status + ",\"code\":\"" + code + "\"}";
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
