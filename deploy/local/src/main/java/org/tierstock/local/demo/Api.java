package org.tierstock.local.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The REST interface of one layer. A bounded number of calls are under way at once; a call that met an overloaded or
 * absent service is made again with the same content, which its document number makes safe, and on another replica
 * where there is one.
 */
final class Api {
    /** An answer that the caller must understand: done, or refused by a rule. */
    record Answer(int status, JsonNode body) {
        boolean done() {
            return status < 300;
        }

        /** The stable code of the problem; empty when there is none. */
        String code() {
            return body.path("code").asText();
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(4);
    private static final int PAGE_ITEMS = 1_000;
    private static final int CALLS_AT_ONCE = 16;

    /** How often a document of a batch is sent for which there was no room. */
    private static final int TRIES = 30;

    private final String layer;
    private final HttpClient http;
    private final List<URI> replicas;
    private final String token;
    private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * The interface of a layer.
     *
     * @param layer its name, for messages
     * @param token what the calls are made with
     */
    Api(String layer, HttpClient http, List<URI> replicas, String token) {
        this.layer = layer;
        this.http = http;
        this.replicas = List.copyOf(replicas);
        this.token = token;
    }

    Answer put(String path, Object body) {
        return call("PUT", path, publish(body));
    }

    Answer post(String path, Object body) {
        return call("POST", path, publish(body));
    }

    /**
     * Sends documents in one batch, and those again for which the service had no room.
     *
     * @param field the name of their list in the request
     * @return the result of each, in the documents' order
     */
    List<JsonNode> postEach(String path, String field, List<?> documents) {
        JsonNode[] results = new JsonNode[documents.size()];
        List<Integer> waiting = IntStream.range(0, documents.size()).boxed().toList();
        for (int attempt = 0; !waiting.isEmpty(); attempt++) {
            if (attempt == TRIES) {
                throw new DemoFailure(layer + " had no room for " + waiting.size() + " of " + path);
            } else if (attempt > 0) {
                pause(attempt);
            }
            Answer answer = post(
                    path, Map.of(field, waiting.stream().map(documents::get).toList()));
            JsonNode answered = required(answer.body(), "results");
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < waiting.size(); i++) {
                JsonNode result = answered.path(i);
                int status = required(result, "status").asInt();
                results[waiting.get(i)] = result;
                if (status == 429 || status == 503) {
                    again.add(waiting.get(i));
                }
            }
            waiting = again;
        }
        return List.of(results);
    }

    /** What is at that path; there must be something. */
    JsonNode get(String path) {
        Answer answer = call("GET", path, BodyPublishers.noBody());
        if (!answer.done()) {
            throw new DemoFailure(layer + " refused GET " + path + ": " + answer.body());
        }
        return answer.body();
    }

    /** Hands every item of a paged list to {@code each}. */
    void eachOf(String path, Consumer<JsonNode> each) {
        String first = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE_ITEMS;
        Optional<String> next = Optional.of(first);
        while (next.isPresent()) {
            JsonNode page = get(next.get());
            required(page, "items").forEach(each);
            String cursor = page.path("next").asText("");
            next = cursor.isEmpty() || cursor.equals("null")
                    ? Optional.empty()
                    : Optional.of(first + "&cursor=" + encoded(cursor));
        }
    }

    /** A field that the interface promises. */
    static JsonNode required(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new DemoFailure("the answer has no " + field + ": " + node);
        }
        return value;
    }

    /** Text as a part of a path or query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer call(String method, String path, BodyPublisher body) {
        long deadline = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        for (int attempt = 0; ; attempt++) {
            String trouble;
            try {
                HttpResponse<byte[]> response = send(method, path, body);
                switch (response.statusCode()) {
                    case 200, 201, 202, 204, 409, 422 -> {
                        return new Answer(response.statusCode(), tree(response.body()));
                    }
                    case 429, 502, 503, 504 -> trouble = response.statusCode() + " " + text(response);
                    default ->
                        throw new DemoFailure(layer + " answered " + method + " " + path + " with "
                                + response.statusCode() + " " + text(response));
                }
            } catch (IOException unreachable) {
                trouble = unreachable.toString();
            }
            if (System.nanoTime() > deadline) {
                throw new DemoFailure(layer + " did not take " + method + " " + path + " for "
                        + GIVE_UP_AFTER.toSeconds() + " s; the last answer: " + trouble);
            }
            pause(attempt);
        }
    }

    private HttpResponse<byte[]> send(String method, String path, BodyPublisher body) throws IOException {
        URI replica = replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(replica + path))
                .timeout(CALL_TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .method(method, body)
                .build();
        try {
            calls.acquire();
            try {
                return http.send(request, BodyHandlers.ofByteArray());
            } finally {
                calls.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    /** Twice as long after each attempt, to two seconds, and never the same for two callers. */
    private static void pause(int attempt) {
        long longest = 50L << Math.min(attempt, 5);
        try {
            Thread.sleep(longest + ThreadLocalRandom.current().nextLong(longest / 4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    private static BodyPublisher publish(Object body) {
        try {
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode tree(byte[] body) throws IOException {
        return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
