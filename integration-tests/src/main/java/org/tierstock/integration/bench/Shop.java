package org.tierstock.integration.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The channel and the stock that both sides of a benchmark sell from. */
final class Shop {
    static final String CHANNEL = "BENCH";

    private static final String HOT = "HOT";
    private static final String SOLD_OUT = "SOLD-OUT";
    private static final int UNIFORM_SKUS = 10_000;
    /** More than any run can sell, so that every lock succeeds. */
    private static final long PLENTY = 1_000_000_000;

    private static final String DELIVERY_METHOD = "EXPRESS";
    private static final String SHIP_REGION = "EAST";
    private static final String SOLD_OUT_FROM_THE_FIRST_ORDER = "[\"" + SOLD_OUT + "\"]";

    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECTION = 300;

    private final URI url;
    private final String operatorToken;

    Shop(URI url, String operatorToken) {
        this.url = url;
        this.operatorToken = operatorToken;
    }

    /** Makes the channel, whose orders lock with a timer, and gives both sides the same stock. */
    void open() {
        send("PUT", "/v1/channels/" + CHANNEL, """
                {"name": "Benchmark", "deductionMode": "PRE_HOLD", "holdSeconds": 86400,
                 "deliveryMethod": "%s", "shipRegion": "%s"}
                """.formatted(DELIVERY_METHOD, SHIP_REGION));
        give(PLENTY, "[\"" + HOT + "\"]");
        give(PLENTY, uniformSkus().stream().collect(Collectors.joining("\",\"", "[\"", "\"]")));
        give(1, SOLD_OUT_FROM_THE_FIRST_ORDER);
    }

    static Supplier<String> hot() {
        return () -> HOT;
    }

    static Supplier<String> soldOut() {
        return () -> SOLD_OUT;
    }

    /** One of 10,000 SKUs, each as likely as the others; the same ones for the same seed. */
    static Supplier<String> uniform(long seed) {
        List<String> skus = uniformSkus();
        SplittableRandom random = new SplittableRandom(seed);
        return () -> skus.get(random.nextInt(UNIFORM_SKUS));
    }

    private static List<String> uniformSkus() {
        return IntStream.rangeClosed(1, UNIFORM_SKUS)
                .mapToObj("UNIFORM-%05d"::formatted)
                .toList();
    }

    private void give(long quantity, String skus) {
        send("POST", "/benchmark/v1/stock", """
                {"channel": "%s", "deliveryMethod": "%s", "shipRegion": "%s", "quantity": %d, "skus": %s}
                """.formatted(CHANNEL, DELIVERY_METHOD, SHIP_REGION, quantity, skus));
    }

    private void send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + operatorToken)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() < FIRST_SUCCESS || answer.statusCode() >= FIRST_REDIRECTION) {
                throw new BenchFailure(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new BenchFailure(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }
}
