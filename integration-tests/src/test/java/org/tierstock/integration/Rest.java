package org.tierstock.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A plain HTTP client with a token. */
final class Rest {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;
    private final String token;

    Rest(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** An answer: its status, headers and JSON body (null when it has none). */
    record Answer(int status, HttpResponse<String> response, JsonNode body) {
        /** The problem's code, or null. */
        String code() {
            return body == null || body.get("code") == null
                    ? null
                    : body.get("code").asText();
        }

        boolean replayed() {
            return response.headers()
                    .firstValue("Idempotent-Replayed")
                    .map("true"::equals)
                    .orElse(false);
        }

        /** The answer itself, when the request succeeded. */
        Answer ok() {
            if (status < 200 || status > 299) {
                throw new AssertionError(
                        response.request().method() + " " + response.uri() + " answered " + status + " " + body);
            }
            return this;
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    /** Has an audit or a reconciliation begun, of a part if the query names one, and answers it when it is done. */
    JsonNode check(String path) {
        JsonNode run = post(path, null).ok().body();
        while (run.get("state").asText().equals("RUNNING")) {
            run = get(path.replaceAll("\\?.*", "") + '/' + run.get("number").asText())
                    .ok()
                    .body();
        }
        if (!run.get("state").asText().equals("DONE")) {
            throw new AssertionError(path + ": " + run);
        }
        // One that the timer has begun may have looked before whoever asks for it.
        return run.get("askedBy").asText().isEmpty() ? check(path) : run;
    }

    Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    Answer send(String method, String path, Object body) {
        try {
            String text = body == null ? null : body instanceof String raw ? raw : JSON.writeValueAsString(body);
            return sendText(method, path, text, Map.of("Content-Type", "application/json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer sendText(String method, String path, String text, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (text != null) {
            headers.forEach(request::header);
        }
        request.method(
                method, text == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(text));
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response, json(response));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base.resolve(path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        boolean isJson = response.headers()
                .firstValue("Content-Type")
                .map(type -> type.contains("json"))
                .orElse(false);
        try {
            return isJson && !response.body().isEmpty() ? JSON.readTree(response.body()) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + response.body(), e);
        }
    }
}
