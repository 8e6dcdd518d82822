package org.tierstock.integration.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The REST interface of a layer for a client that does not give up: no answer, and an answer that says that nothing is
 * known, are followed by the same request again, on the next replica.
 */
public final class LayerClient {
    /** A request that takes longer counts as not answered. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LONGEST_PAUSE_MILLIS = 1_000;
    private static final int PAGE_ITEMS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** An answer that says what has been decided. */
    public record Answer(int status, boolean replayed, JsonNode body) {
        public boolean done() {
            return status < 300;
        }

        /** The problem's code; empty when there is none. */
        public String code() {
            return body.path("code").asText("");
        }

        /** The answer itself, when the request succeeded. */
        public Answer orFail() {
            if (!done()) {
                throw new LoadFailure("refused with " + status + ": " + body);
            }
            return this;
        }
    }

    private final List<URI> replicas;
    private final String token;
    private final Traffic traffic;
    private final AtomicInteger turn = new AtomicInteger();

    public LayerClient(List<URI> replicas, String token, Traffic traffic) {
        this.replicas = List.copyOf(replicas);
        this.token = token;
        this.traffic = traffic;
    }

    public Answer get(String path) {
        return ask("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return ask("POST", path, body);
    }

    public Answer put(String path, Object body) {
        return ask("PUT", path, body);
    }

    /** Hands every item of a paged list to {@code each}. */
    public void eachOf(String path, Consumer<JsonNode> each) {
        String first = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE_ITEMS;
        Optional<String> next = Optional.of(first);
        while (next.isPresent()) {
            JsonNode page = get(next.get()).orFail().body();
            page.get("items").forEach(each);
            next = Optional.ofNullable(page.get("next"))
                    .filter(JsonNode::isTextual)
                    .map(cursor -> first + "&cursor=" + encoded(cursor.asText()));
        }
    }

    /** Text as a part of a path or query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Asks until there is an answer.
     *
     * @throws LoadFailure when there is none for minutes
     */
    private Answer ask(String method, String path, Object body) {
        String text = text(body);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String trouble = "";
        for (int attempt = 0; System.nanoTime() < deadline; attempt++) {
            if (attempt > 0) {
                traffic.repeated();
                pause(attempt);
            }
            long began = System.nanoTime();
            URI uri = URI.create(replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size())) + path);
            try {
                HttpResponse<String> response = send(method, uri, text);
                switch (response.statusCode()) {
                    case 429, 502, 503, 504 -> trouble = response.statusCode() + " " + response.body();
                    case 500 -> {
                        trouble = "500 " + response.body();
                        traffic.broken(method + " " + path + ": " + response.body());
                    }
                    default -> {
                        traffic.answered();
                        return answer(response);
                    }
                }
            } catch (HttpTimeoutException silence) {
                trouble = silence.toString();
                traffic.silent(new Traffic.Silence(method + " " + uri, began));
            } catch (IOException noAnswer) {
                trouble = noAnswer.toString();
            }
        }
        throw new LoadFailure(
                "no answer to " + method + " " + path + " for " + PATIENCE.toSeconds() + " s; the last: " + trouble);
    }

    private HttpResponse<String> send(String method, URI uri, String text) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(CALL_TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        text == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(text));
        if (text != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
    }

    private static Answer answer(HttpResponse<String> response) throws IOException {
        boolean replayed = response.headers()
                .firstValue("Idempotent-Replayed")
                .map("true"::equals)
                .orElse(false);
        JsonNode body = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        return new Answer(response.statusCode(), replayed, body);
    }

    private static String text(Object body) {
        try {
            return body == null ? null : JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Twice as long after each attempt, to a second, and never the same for two clients. */
    private static void pause(int attempt) {
        long longest = Math.min(LONGEST_PAUSE_MILLIS, 50L << Math.min(attempt, 10));
        sleep(Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2)));
    }

    static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
    }

    /** A document of these fields, in this order. */
    static Map<String, Object> document(Object... namesAndValues) {
        Map<String, Object> document = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            document.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return document;
    }
}
