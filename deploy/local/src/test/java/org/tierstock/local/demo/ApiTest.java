package org.tierstock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.local.demo.Api.Answer;

class ApiTest {
    private record Scripted(int status, String body) {}

    private final Deque<Scripted> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private Api api;

    @BeforeEach
    void a_service_that_answers_by_a_script() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestURI()
                    + ' '
                    + new String(asked, StandardCharsets.UTF_8));
            Scripted answer = answers.removeFirst();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        api = new Api("sales", HttpClient.newHttpClient(), List.of(url), "token");
    }

    @AfterEach
    void the_service_ends() {
        server.stop(0);
    }

    @Test
    void an_overloaded_service_is_asked_again_with_the_same_content() {
        answers.add(new Scripted(429, "{\"code\":\"OVERLOADED\"}"));
        answers.add(new Scripted(503, "{\"code\":\"OUTCOME_UNKNOWN\"}"));
        answers.add(new Scripted(201, "{\"orderNumber\":\"web:1\"}"));

        Answer answer = api.post("/v1/orders", Map.of("channelOrderNumber", "1"));

        assertThat(answer.done()).isTrue();
        assertThat(requests).hasSize(3).containsOnly("POST /v1/orders {\"channelOrderNumber\":\"1\"}");
    }

    @Test
    void a_refusal_by_a_rule_is_an_answer() {
        answers.add(new Scripted(409, "{\"code\":\"INSUFFICIENT_STOCK\"}"));

        Answer answer = api.post("/v1/orders", Map.of());

        assertThat(answer.done()).isFalse();
        assertThat(answer.code()).isEqualTo("INSUFFICIENT_STOCK");
    }

    @Test
    void anything_else_ends_the_demo_with_what_was_answered() {
        answers.add(new Scripted(400, "{\"code\":\"MALFORMED\"}"));

        assertThatThrownBy(() -> api.post("/v1/orders", Map.of()))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("sales answered POST /v1/orders with 400")
                .hasMessageContaining("MALFORMED");
    }

    @Test
    void a_list_is_read_page_by_page() {
        answers.add(new Scripted(200, "{\"items\":[1,2],\"next\":\"abc\"}"));
        answers.add(new Scripted(200, "{\"items\":[3],\"next\":null}"));
        List<Integer> items = new ArrayList<>();

        api.eachOf("/v1/stock?sku=A", item -> items.add(item.asInt()));

        assertThat(items).containsExactly(1, 2, 3);
        assertThat(requests)
                .containsExactly("GET /v1/stock?sku=A&limit=1000 ", "GET /v1/stock?sku=A&limit=1000&cursor=abc ");
    }
}
