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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The REST interface of a layer for a client that does not give up: no answer, and an answer that says that nothing is
 * known, are followed by the same request again, on the next replica.
 */
public final class LayerClient {
    /** A request that takes longer counts as not answered. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final int PAGE_ITEMS = 1_000;

    /** Answers that leave open what has been decided. */
    private static final Set<Integer> UNDECIDED = Set.of(429, 500, 502, 503, 504);

    private static final int FAILURE = 500;

    /** The status of a document that was there before. */
    private static final int KNOWN = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /**
     * An answer that says what has been decided.
     *
     * @param replayed whether the document had been there before
     * @param repeated whether the request had been sent before, without an answer: that may still be under way
     */
    public record Answer(int status, boolean replayed, boolean repeated, JsonNode body) {
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

    private static final int MOST_CHECKS = 10;

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

    /** Has an audit or a reconciliation begun, and answers it when it is done; one that failed is asked for again. */
    public JsonNode check(String path) {
        for (int tries = 1; ; tries++) {
            JsonNode run = ended(path);
            boolean done = run.get("state").asText().equals("DONE");
            // One that the timer has begun may have looked before whoever asks for it.
            if (done && !run.get("askedBy").asText().isEmpty()) {
                return run;
            }
            // The replica that it was asked of may be the one that does not reach the other layer.
            if (!done && tries == MOST_CHECKS) {
                throw new LoadFailure(path + " has failed: " + run);
            }
        }
    }

    private JsonNode ended(String path) {
        JsonNode run = post(path, Map.of()).orFail().body();
        while (run.get("state").asText().equals("RUNNING")) {
            run = get(path + '/' + run.get("number").asText()).orFail().body();
        }
        return run;
    }

    public Answer put(String path, Object body) {
        return ask("PUT", path, body);
    }

    /**
     * Sends many documents in one request, and those that it leaves undecided again, until each has an answer of its own.
     *
     * @param list what the request calls the documents
     * @return the answers, in the order of the documents
     */
    List<Answer> postEach(String path, String list, List<?> documents) {
        Answer[] answers = new Answer[documents.size()];
        List<Integer> open = IntStream.range(0, documents.size()).boxed().toList();
        Attempts attempts = new Attempts("POST " + path, traffic);
        while (!open.isEmpty()) {
            attempts.next();
            Answer whole = post(
                            path,
                            document(list, open.stream().map(documents::get).toList()))
                    .orFail();
            JsonNode results = whole.body().get("results");
            List<Integer> undecided = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                Answer answer = ofOne(results.get(i), whole.repeated() || attempts.repeated());
                if (decided(answer.status(), "POST " + path, String.valueOf(answer.body()))) {
                    answers[open.get(i)] = answer;
                } else {
                    undecided.add(open.get(i));
                    attempts.unanswered(answer.toString());
                }
            }
            open = undecided;
        }
        return List.of(answers);
    }

    /** What a single request would have been answered: a result is a status, and the document or the problem. */
    private static Answer ofOne(JsonNode result, boolean repeated) {
        int status = result.get("status").asInt();
        for (Map.Entry<String, JsonNode> part : result.properties()) {
            if (part.getValue().isObject()) {
                return new Answer(status, status == KNOWN, repeated, part.getValue());
            }
        }
        throw new LoadFailure("a result without a document and a problem: " + result);
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
        Attempts attempts = new Attempts(method + " " + path, traffic);
        while (true) {
            attempts.next();
            long began = System.nanoTime();
            URI uri = URI.create(replicas.get(Math.floorMod(turn.getAndIncrement(), replicas.size())) + path);
            try {
                HttpResponse<String> response = send(method, uri, text);
                if (decided(response.statusCode(), method + " " + path, response.body())) {
                    traffic.answered();
                    return answer(response, attempts.repeated());
                }
                attempts.unanswered(response.statusCode() + " " + response.body());
            } catch (HttpTimeoutException silence) {
                attempts.unanswered(silence.toString());
                traffic.silent(new Traffic.Silence(method + " " + uri, began));
            } catch (IOException noAnswer) {
                attempts.unanswered(noAnswer.toString());
            }
        }
    }

    private boolean decided(int status, String request, String body) {
        if (status == FAILURE) {
            traffic.broken(request + ": " + body);
        }
        return !UNDECIDED.contains(status);
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

    private static Answer answer(HttpResponse<String> response, boolean repeated) throws IOException {
        boolean replayed = response.statusCode() == KNOWN
                && response.headers()
                        .firstValue("Idempotent-Replayed")
                        .map("true"::equals)
                        .orElse(false);
        JsonNode body = response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
        return new Answer(response.statusCode(), replayed, repeated, body);
    }

    private static String text(Object body) {
        try {
            return body == null ? null : JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
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
    public static Map<String, Object> document(Object... namesAndValues) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            document.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return document;
    }
}
