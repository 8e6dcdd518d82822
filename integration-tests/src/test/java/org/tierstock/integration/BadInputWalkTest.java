package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.Role;

/** Bad input to every endpoint: a problem with a code, no 5xx, no movement. */
class BadInputWalkTest {
    private static final List<String> NOT_JSON = List.of(
            "",
            "null",
            "[]",
            "{",
            "\"text\"",
            "{}",
            "{\"a\":1,\"a\":2}",
            "{\"unknownField\":1}",
            "\u0000\u0001\u0002",
            "[".repeat(5_000),
            "{\"a\":".repeat(3_000),
            "{\"lines\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}");

    private static long movements(Layer layer) {
        LayerDatabase database = RunningPlatform.get().database(layer);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM ledger")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refusedAsProblem(String what, Rest.Answer answer) {
        assertThat(answer.status()).as("%s: %s", what, answer.body()).isBetween(400, 499);
        assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
                .as(what)
                .startsWith("application/problem+json");
        assertThat(answer.code()).as(what).matches("[A-Z][A-Z_]+");
    }

    @Test
    void what_is_no_document_is_a_problem_on_every_endpoint() {
        for (Layer layer : Layer.values()) {
            Rest operator = RunningPlatform.rest(layer, Role.OPERATOR);
            long before = movements(layer);
            for (OpenApi.Operation operation : OpenApi.operations(layer)) {
                if (!operation.takesJson()) {
                    continue;
                }
                for (String body : NOT_JSON) {
                    if (body.equals("{}") && operation.method().equals("PUT")) {
                        // A master whose fields all have defaults: a region is called by its code.
                        continue;
                    }
                    refusedAsProblem(
                            operation + " <- " + body.substring(0, Math.min(40, body.length())),
                            operator.send(operation.method(), operation.filled(), body));
                }
                refusedAsProblem(
                        operation + " <- 5 MB",
                        operator.send(
                                operation.method(),
                                operation.filled(),
                                "{\"name\":\"" + "x".repeat(5_000_000) + "\"}"));
                refusedAsProblem(
                        operation + " <- text/plain",
                        operator.sendText(
                                operation.method(), operation.filled(), "{}", Map.of("Content-Type", "text/plain")));
            }
            assertThat(movements(layer)).as(layer.code()).isEqualTo(before);
        }
    }

    @Test
    void nonsense_in_a_query_is_a_problem_or_finds_nothing() {
        List<String> nonsense = List.of(
                "limit=-1",
                "limit=0",
                "limit=99999999999999999999",
                "limit=x",
                "cursor=%00",
                "cursor=nonsense",
                "from=yesterday",
                "sku=%2F%2F",
                "sku=" + "x".repeat(3_000));
        for (Layer layer : Layer.values()) {
            Rest operator = RunningPlatform.rest(layer, Role.OPERATOR);
            for (OpenApi.Operation operation : OpenApi.operations(layer)) {
                if (operation.method().equals("GET")) {
                    for (String query : nonsense) {
                        Rest.Answer answer = operator.get(operation.filled() + "?" + query);
                        assertThat(answer.status()).as(operation + "?" + query).isLessThan(500);
                    }
                }
            }
        }
    }

    @Test
    void a_document_with_one_wrong_field_is_refused_and_moves_nothing() {
        Shop shop = Shop.open("bad");
        shop.receiveUnits(shop.warehouse, "A-1", 20);
        shop.awaitSellable(20);
        String order = shop.placed(2);
        String paid = shop.placed(3);
        shop.pay(paid).ok();
        String outbound = shop.awaitLocked(paid, 3).getFirst().get("outbound").asText();
        Map<String, Object> stockLine = Map.of(
                "line",
                1,
                "sku",
                shop.sku,
                "owner",
                "ACME",
                "virtualWarehouse",
                "MAIN",
                "batch",
                "B1",
                "location",
                "A-1");

        walk(
                Layer.SALES,
                "/v1/orders",
                Map.of(
                        "channel",
                        shop.channel,
                        "channelOrderNumber",
                        "BAD",
                        "lines",
                        List.of(Map.of("sku", shop.sku, "quantity", 1))));
        walk(Layer.SALES, "/v1/orders/" + order + "/payment", Map.of("paymentNumber", "BAD"));
        walk(
                Layer.SALES,
                "/v1/orders/" + order + "/cancellation",
                Map.of(
                        "cancellationNumber",
                        "BAD",
                        "reasonCode",
                        "BUYER",
                        "lines",
                        List.of(Map.of("line", 1, "quantity", 1))),
                "/lines");
        walk(
                Layer.WAREHOUSE,
                "/v1/receipts",
                Map.of(
                        "receiptNumber",
                        "BAD",
                        "kind",
                        "PURCHASE",
                        "warehouse",
                        shop.warehouse,
                        "lines",
                        List.of(with(stockLine, "units", 1))));
        walk(
                Layer.WAREHOUSE,
                "/v1/stocktakes",
                Map.of(
                        "stocktakeNumber",
                        "BAD",
                        "warehouse",
                        shop.warehouse,
                        "lines",
                        List.of(with(stockLine, "counted", 1))));
        walk(
                Layer.WAREHOUSE,
                "/v1/outbound-orders/" + outbound + "/picks",
                Map.of(
                        "pickNumber",
                        "BAD",
                        "lines",
                        List.of(Map.of("location", "A-1", "batch", "B1", "asked", 1, "found", 1))));
        walk(
                Layer.WAREHOUSE,
                "/v1/outbound-orders/" + outbound + "/shipment",
                Map.of("shipmentNumber", "BAD", "quantity", 1));
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    /**
     * Sends the document once for every field and every wrong value of it; each must be refused. Null is not wrong where a
     * field may be left out.
     */
    private static void walk(Layer layer, String path, Map<String, Object> document, String... optional) {
        List<String> mayBeLeftOut = List.of(optional);
        Rest operator = RunningPlatform.rest(layer, Role.OPERATOR);
        JsonNode good = Rest.JSON.valueToTree(document);
        long before = movements(layer);
        List<String> accepted = new ArrayList<>();
        for (String pointer : fields(good, "")) {
            for (String wrong : wrongValues(good.at(pointer))) {
                if (wrong.equals("null") && mayBeLeftOut.contains(pointer)) {
                    continue;
                }
                String body = replaced(good, pointer, wrong);
                Rest.Answer answer = operator.send("POST", path, body);
                assertThat(answer.status()).as("%s <- %s", path, body).isLessThan(500);
                if (answer.status() < 300) {
                    accepted.add(body);
                } else {
                    refusedAsProblem(path + " <- " + body.substring(0, Math.min(200, body.length())), answer);
                }
            }
        }
        assertThat(accepted).as(path).isEmpty();
        assertThat(movements(layer)).as(path).isEqualTo(before);
    }

    private static List<String> fields(JsonNode node, String pointer) {
        List<String> pointers = new ArrayList<>();
        if (node instanceof ObjectNode) {
            node.properties()
                    .forEach(field -> pointers.addAll(fields(field.getValue(), pointer + '/' + field.getKey())));
        } else if (node instanceof ArrayNode array) {
            pointers.add(pointer);
            for (int i = 0; i < array.size(); i++) {
                pointers.addAll(fields(array.get(i), pointer + '/' + i));
            }
        } else {
            pointers.add(pointer);
        }
        return pointers;
    }

    private static List<String> wrongValues(JsonNode good) {
        if (good.isNumber()) {
            return List.of(
                    "-1",
                    "1000000001",
                    "9223372036854775807",
                    "99999999999999999999",
                    "1.5",
                    "1e3",
                    "\"1\"",
                    "true",
                    "{}",
                    "[]",
                    "NaN");
        }
        if (good.isTextual()) {
            return List.of(
                    "\"\"",
                    "\" \"",
                    "\"a/b\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"" + "x".repeat(10_000) + "\"",
                    "1",
                    "true",
                    "{}",
                    "[]",
                    "null");
        }
        return List.of("[]", "{}", "null", "\"x\"", "1", "[null]", "[1]", "[[]]", "[{}]");
    }

    private static String replaced(JsonNode good, String pointer, String value) {
        JsonNode copy = good.deepCopy();
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = copy.at(pointer.substring(0, slash));
        String field = pointer.substring(slash + 1);
        String mark = "\"@@@\"";
        if (parent instanceof ObjectNode object) {
            object.put(field, "@@@");
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(field), "@@@");
        }
        return copy.toString().replace(mark, value);
    }
}
