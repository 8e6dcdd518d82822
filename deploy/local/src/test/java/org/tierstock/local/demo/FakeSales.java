package org.tierstock.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A sales layer that knows one account, takes everything at the order, and remembers what it was sent. */
final class FakeSales implements AutoCloseable {
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpServer server;
    private final Map<String, Long> sellable = new HashMap<>();
    final List<String> documents = new ArrayList<>();

    FakeSales() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/v1/orders/batch", "orders", this::place);
        serve("/v1/orders/payments", "payments", this::pay);
        serve("/v1/orders/cancellations", "cancellations", this::cancel);
        server.start();
    }

    FakeSales stock(String sku, long units) {
        sellable.put(sku, units);
        return this;
    }

    SalesClient client() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Api api = new Api("sales", HttpClient.newHttpClient(), List.of(url), "token");
        return new SalesClient(api, api, api);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(String path, String field, Function<JsonNode, ObjectNode> each) {
        server.createContext(path, exchange -> {
            ArrayNode results = json.createArrayNode();
            json.readTree(exchange.getRequestBody()).get(field).forEach(document -> results.add(each.apply(document)));
            answer(exchange, json.writeValueAsBytes(json.createObjectNode().set("results", results)));
        });
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ObjectNode place(JsonNode order) {
        documents.add("order " + order.get("channelOrderNumber").asText() + ' ' + lines(order));
        ArrayNode shortages = json.createArrayNode();
        for (JsonNode line : order.get("lines")) {
            String sku = line.get("sku").asText();
            long there = sellable.getOrDefault(sku, 0L);
            if (there < line.get("quantity").asLong()) {
                shortages.addObject().put("sku", sku).put("sellable", there);
            }
        }
        ObjectNode result = json.createObjectNode();
        if (!shortages.isEmpty()) {
            result.put("status", 409)
                    .putObject("problem")
                    .put("code", "INSUFFICIENT_STOCK")
                    .set("lines", shortages);
            return result;
        }
        order.get("lines")
                .forEach(line -> sellable.merge(
                        line.get("sku").asText(), -line.get("quantity").asLong(), Long::sum));
        return result.put("status", 201);
    }

    private ObjectNode pay(JsonNode payment) {
        documents.add("payment " + payment.get("orderNumber").asText());
        ObjectNode result = json.createObjectNode().put("status", 201);
        result.putObject("payment").put("outcome", "PAID");
        return result;
    }

    private ObjectNode cancel(JsonNode cancellation) {
        documents.add("cancellation " + cancellation.get("orderNumber").asText() + ' ' + lines(cancellation));
        ObjectNode result = json.createObjectNode();
        if (cancellation.path("lines").isArray() && cancellation.path("lines").isEmpty()) {
            result.put("status", 400).putObject("problem").put("code", "MALFORMED");
            return result;
        }
        result.put("status", 201);
        ArrayNode lines = result.putObject("cancellation").putArray("lines");
        for (JsonNode line : cancellation.path("lines")) {
            lines.addObject()
                    .put("line", line.get("line").asInt())
                    .put("done", line.get("quantity").asLong())
                    .put("refused", 0)
                    .put("pending", 0);
        }
        return result;
    }

    private static String lines(JsonNode document) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : document.path("lines")) {
            lines.add((line.has("sku") ? line.get("sku").asText() : "line " + line.get("line")) + " x "
                    + line.get("quantity"));
        }
        return lines.toString();
    }
}
