package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.tierstock.integration.load.LayerClient;
import org.tierstock.integration.load.Layers;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;

/**
 * The same trade twice on one platform: once with a broker that behaves, once with messages that come twice, overtake each
 * other and have poison between them. Both end in the same balances and documents.
 *
 * <p>What may differ is left out: row ids, times, numbers of grants, revocations and outbounds (a job takes what is there
 * when it comes, so their number is chance; their sums are compared). The names of the two trades are made one.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MessagesUnderFireTest {
    private static final long SEED = 20261125;
    private static final int SKUS = 200;
    private static final int ORDERS = 400;
    private static final Duration REST = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long WITHIN_MILLIS = 1_000;
    private static final int SPITS = 10;

    private static LocalPlatform platform;
    private static Layers layers;
    private static MessageFire fire;

    /** A statement over the rows of one trade, whose name is put in the place of {@code NAME}. */
    private record Table(Layer layer, String sql) {}

    private static final List<Table> TABLES = List.of(
            new Table(Layer.SALES, """
                    SELECT sku, channel, pool, sellable, locked, sold, held FROM stock WHERE channel = 'CH-NAME'
                    """),
            new Table(Layer.SALES, """
                    SELECT o.number, o.state, l.line, l.quantity, l.state, l.cancelled, l.reversed, l.pending_cancel
                    FROM sales_order o JOIN order_line l USING (order_id) WHERE o.number LIKE 'CH-NAME:%'
                    """),
            new Table(
                    Layer.SALES, "SELECT document, order_number, refund FROM payment WHERE document LIKE 'CH-NAME:%'"),
            new Table(Layer.SALES, """
                    SELECT document, line, quantity, asked, done, refused FROM cancellation_line
                    WHERE document LIKE 'CH-NAME:%'
                    """),
            new Table(Layer.DISPATCH, """
                    SELECT sku, node, quality, free, allocated, transfer_locked, held, unsellable, deficit,
                           unsellable_deficit, in_transit, air, virtual
                    FROM cell_stock WHERE node = 'WH-NAME'
                    """),
            new Table(Layer.DISPATCH, "SELECT sku, node, channel, allotted FROM allotment WHERE node = 'WH-NAME'"),
            new Table(Layer.DISPATCH, """
                    SELECT order_number, line, quantity, allocated, shipped, shortage, cancelled, open, asked
                    FROM dispatch_line WHERE channel = 'CH-NAME'
                    """),
            new Table(Layer.DISPATCH, """
                    SELECT order_number, line, cancel, accepted, done, refused FROM line_cancel
                    WHERE order_number LIKE 'CH-NAME:%'
                    """),
            new Table(Layer.DISPATCH, """
                    SELECT order_number, order_line, sum(quantity - refused), sum(shipped), sum(lost), sum(cancelled)
                    FROM outbound WHERE warehouse = 'WH-NAME' GROUP BY order_number, order_line
                    """),
            new Table(Layer.DISPATCH, "SELECT sku, sum(taken) FROM revocation WHERE channel = 'CH-NAME' GROUP BY sku"),
            new Table(Layer.WAREHOUSE, """
                    SELECT sku, batch, location, quality, available, locked, unavailable FROM shelf_stock
                    WHERE warehouse = 'WH-NAME'
                    """),
            new Table(Layer.WAREHOUSE, """
                    SELECT order_number, order_line, sum(locked), sum(shipped), sum(lost), sum(released)
                    FROM outbound WHERE warehouse = 'WH-NAME' GROUP BY order_number, order_line
                    """),
            new Table(Layer.WAREHOUSE, """
                    SELECT l.number, l.line, l.sku, l.good, l.bad_units FROM receipt_line l
                    JOIN receipt r ON r.number = l.number WHERE r.warehouse = 'WH-NAME'
                    """),
            new Table(Layer.WAREHOUSE, """
                    SELECT l.number, l.line, l.sku, l.booked, l.counted, l.locks_lost FROM stocktake_line l
                    JOIN stocktake s ON s.number = l.number WHERE s.warehouse = 'WH-NAME'
                    """),
            new Table(Layer.WAREHOUSE, """
                    SELECT l.number, l.line, l.quantity FROM shipment_line l WHERE l.number LIKE 'SH-NAME-%'
                    """));

    @BeforeAll
    static void start() {
        platform = new LocalPlatform(PlatformSettings.builder()
                .repository(RunningPlatform.repository())
                .throwAway()
                .environment("TIERSTOCK_QUEUE_OUT", MessageFire.ENTRANCE)
                .progress(line -> System.err.println("platform: " + line))
                .build());
        platform.start();
        layers = Layers.of(platform);
        fire = new MessageFire(platform.broker(), SEED);
    }

    @AfterAll
    static void stop() {
        if (fire != null) {
            fire.close();
        }
        platform.close();
    }

    @Test
    @Order(1)
    void repeated_reordered_and_poisoned_messages_end_in_the_same_balances_and_documents() throws SQLException {
        trade("CLEAN");
        fire.burn(true);
        trade("FIRED");
        fire.burn(false);

        Map<String, Integer> rows = new LinkedHashMap<>();
        for (Table table : TABLES) {
            List<String> clean = rows(table, "CLEAN");
            assertThat(rows(table, "FIRED")).as(table.sql()).isEqualTo(clean);
            rows.put(table.sql().strip().lines().findFirst().orElseThrow(), clean.size());
        }
        System.err.println(
                "compared " + rows.values().stream().mapToInt(Integer::intValue).sum() + " rows; handed on "
                        + fire.handedOn().size() + ", of which twice " + fire.handedOnTwice() + ", and poison "
                        + fire.poison().size());
        assertThat(rows)
                .allSatisfy((table, count) -> assertThat(count).as(table).isPositive());
        assertThat(fire.handedOnTwice()).isPositive();
    }

    @Test
    @Order(2)
    void every_poison_is_parked_with_its_reason_and_nothing_else_is() {
        Map<String, MessageFire.Poison> poison = fire.poison();
        await("poison to be parked").atMost(SOON).until(() -> parked().size() >= poison.size());

        Map<String, JsonNode> parked = parked();

        assertThat(parked.keySet()).isEqualTo(poison.keySet());
        poison.forEach((id, kind) -> {
            assertThat(parked.get(id).get("state").asText()).as(id).isEqualTo("PARKED");
            assertThat(kind.explains(parked.get(id).get("reason").asText()))
                    .as(id + ": " + parked.get(id))
                    .isTrue();
        });
        assertThat(EnumSet.copyOf(poison.values())).isEqualTo(EnumSet.allOf(MessageFire.Poison.class));
    }

    @Test
    @Order(3)
    void messages_behind_poison_are_applied_within_a_second() throws SQLException {
        // A burst of a thousand takes its time, clean or not, and is told, not judged: here the services are cold.
        System.err.println("bursts applied clean " + millis(applied(handed -> !handed.burning())) + "; between poison "
                + millis(applied(MessageFire.HandedOn::burning)));
        Instant quiet = Instant.now();
        for (int spit = 1; spit <= SPITS; spit++) {
            fire.spit();
            layers.wms()
                    .post(
                            "/v1/receipts",
                            Map.of(
                                    "receiptNumber",
                                    "RC-BEHIND-" + spit,
                                    "kind",
                                    "PURCHASE",
                                    "warehouse",
                                    "WH-FIRED",
                                    "lines",
                                    lines("FIRED", sku -> Map.of("units", 1)).subList(spit, spit + 5)))
                    .orFail();
            settle();
        }

        List<Long> behind = applied(handed -> handed.at().isAfter(quiet));

        System.err.println("applied behind poison " + millis(behind));
        assertThat(behind).hasSizeGreaterThanOrEqualTo(5 * SPITS);
        assertThat(behind.getLast()).isLessThanOrEqualTo(WITHIN_MILLIS);
    }

    /** Milliseconds from the handing on of messages to their effect, least first. */
    private static List<Long> applied(Predicate<MessageFire.HandedOn> which) throws SQLException {
        Map<String, MessageFire.HandedOn> handedOn = fire.handedOn();
        List<Long> millis = new ArrayList<>();
        for (Layer layer : List.of(Layer.SALES, Layer.DISPATCH)) {
            query(layer, """
                    SELECT stream || '/' || partition || '/' || sequence, extract(epoch FROM applied_at) * 1000 FROM inbox
                    """, row -> {
                MessageFire.HandedOn handed = handedOn.get(row.getString(1));
                if (handed != null && which.test(handed)) {
                    millis.add(row.getLong(2) - handed.at().toEpochMilli());
                }
            });
        }
        millis.sort(null);
        return millis;
    }

    private static String millis(List<Long> sorted) {
        return sorted.size() + " messages, after " + sorted.get(sorted.size() / 2) + " ms (p50), "
                + sorted.get(sorted.size() * 99 / 100) + " ms (p99), " + sorted.getLast() + " ms at most";
    }

    @Test
    @Order(4)
    void a_message_whose_document_was_mislaid_waits_and_says_so_and_is_replayed_after_mending() throws SQLException {
        JsonNode outbound = openOutbound();
        String id = outbound.get("outbound").asText();
        await("poison to be parked")
                .atMost(SOON)
                .until(() -> parked().size() >= fire.poison().size());
        Set<String> before = parked().keySet();

        JsonNode waiting = shippedWhileMislaid(outbound);

        assertThat(waiting.get("reason").asText()).contains(id);
        String replay = "/v1/parked-messages/" + waiting.get("id").asLong() + "/replay";
        assertThat(layers.dispatch().post(replay, null).code()).isEqualTo("STILL_PARKED");
        assertThat(differences())
                .as("what was mislaid is found, and what waits is no difference")
                .hasSize(2)
                .allSatisfy(difference -> assertThat(difference).contains("WH-FIRED outbounds"))
                .anySatisfy(difference -> assertThat(difference).contains("MISLAID"))
                .anySatisfy(difference -> assertThat(difference).contains(id));

        find(id);

        assertThat(layers.dispatch()
                        .post(replay, null)
                        .orFail()
                        .body()
                        .get("state")
                        .asText())
                .isEqualTo("REPLAYED");
        settle();
        assertThat(differences()).isEmpty();
        JsonNode poison = parked().get(before.iterator().next());
        LayerClient reader = poison.get("queue").asText().contains("to-sales") ? layers.sales() : layers.dispatch();
        String path = "/v1/parked-messages/" + poison.get("id").asLong();
        assertThat(reader.post(path + "/replay", null).code()).isEqualTo("STILL_PARKED");
        assertThat(reader.post(path + "/closure", null)
                        .orFail()
                        .body()
                        .get("state")
                        .asText())
                .isEqualTo("CLOSED");
    }

    @Test
    @Order(5)
    void a_message_that_is_given_up_holds_nothing_back_and_the_difference_that_it_leaves_names_it()
            throws SQLException {
        JsonNode outbound = openOutbound();
        String id = outbound.get("outbound").asText();
        JsonNode waiting = shippedWhileMislaid(outbound);
        find(id);

        assertThat(layers.dispatch()
                        .post("/v1/parked-messages/" + waiting.get("id").asLong() + "/closure", null)
                        .orFail()
                        .body()
                        .get("givenUp")
                        .asBoolean())
                .isTrue();

        settle();
        assertThat(differences())
                .hasSize(2)
                .anySatisfy(book -> assertThat(book)
                        .contains("\"scope\":\"WH-FIRED\"")
                        .contains("\"type\":\"GoodsShipped\"")
                        .contains("\"sequence\":" + waiting.get("sequence").asLong())
                        .contains("\"givenUp\":true"))
                .anySatisfy(
                        lock -> assertThat(lock).contains("WH-FIRED outbounds").contains(id));
    }

    @Test
    @Order(6)
    void a_hand_over_that_sales_cannot_read_itself_waits_at_dispatch_and_is_given_up_and_cancelled()
            throws SQLException {
        String spoilt = "CH-FIRED:O9001";
        String sound = "CH-FIRED:O9004";
        layers.wms()
                .post(
                        "/v1/receipts",
                        Map.of(
                                "receiptNumber",
                                "RC-SPOILT",
                                "kind",
                                "PURCHASE",
                                "warehouse",
                                "WH-FIRED",
                                "lines",
                                lines("FIRED", sku -> Map.of("units", 20))))
                .orFail();
        settle();
        ownerOfSales("""
                CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.payload := '{}'; RETURN NEW; END $$;
                GRANT EXECUTE ON FUNCTION spoil() TO PUBLIC;
                CREATE TRIGGER spoil BEFORE INSERT ON outbox FOR EACH ROW
                WHEN (NEW.business_key = 'CH-FIRED:O9001/1') EXECUTE FUNCTION spoil()
                """);
        for (String order : List.of(spoilt, sound)) {
            layers.platform().post("/v1/orders", order(order)).orFail();
            layers.platform()
                    .post(
                            "/v1/orders/" + LayerClient.encoded(order) + "/payment",
                            Map.of("paymentNumber", "P-" + order.substring(order.indexOf(':') + 1)))
                    .orFail();
        }

        await("the spoilt row to be parked")
                .atMost(SOON)
                .until(() -> handOvers().size() == 1);
        JsonNode waiting = handOvers().getFirst();
        assertThat(waiting.get("reason").asText()).contains("Wrong schema");
        await("what stands behind it").atMost(SOON).until(() -> taken(sound) == 1);
        assertThat(taken(spoilt)).isZero();
        assertThat(layers.sales().get("/v1/stuck-work").orFail().body().get("items"))
                .isEmpty();
        layers.platform()
                .post(
                        "/v1/orders/" + LayerClient.encoded(spoilt) + "/cancellation",
                        Map.of("cancellationNumber", "X-O9001", "reasonCode", "BUYER"))
                .orFail();

        String path = "/v1/parked-messages/" + waiting.get("id").asLong() + "/closure";
        assertThat(layers.dispatch()
                        .post(path, null)
                        .orFail()
                        .body()
                        .get("givenUp")
                        .asBoolean())
                .isTrue();

        settle();
        List<String> refused = new ArrayList<>();
        query(
                Layer.SALES,
                "SELECT quantity, refused FROM cancellation_line WHERE document = 'CH-FIRED:X-O9001'",
                row -> refused.add(row.getLong(1) + "/" + row.getLong(2)));
        assertThat(refused).containsExactly("1/1");
    }

    private static Map<String, Object> order(String number) {
        return Map.of(
                "channel",
                "CH-FIRED",
                "channelOrderNumber",
                number.substring(number.indexOf(':') + 1),
                "lines",
                List.of(Map.of("sku", sku("FIRED", 1), "quantity", 1)));
    }

    /** What waits of the queue of hand-overs. */
    private static List<JsonNode> handOvers() {
        return parked().values().stream()
                .filter(message -> message.get("queue").asText().equals("hand-over")
                        && message.get("state").asText().equals("PARKED"))
                .toList();
    }

    /** How many lines of an order dispatch has taken over. */
    private static long taken(String order) throws SQLException {
        long[] lines = new long[1];
        query(
                Layer.DISPATCH,
                "SELECT count(*) FROM dispatch_line WHERE order_number = '" + order + "'",
                row -> lines[0] = row.getLong(1));
        return lines[0];
    }

    private static void ownerOfSales(String sql) throws SQLException {
        LayerDatabase sales = platform.database(Layer.SALES);
        try (Connection connection =
                        DriverManager.getConnection(sales.jdbcUrl(), sales.owner(), sales.ownerPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static JsonNode openOutbound() {
        return layers.wms()
                .get("/v1/outbound-orders?state=OPEN&warehouse=WH-FIRED&limit=1")
                .orFail()
                .body()
                .get("items")
                .get(0);
    }

    /** Mislays an outbound at dispatch and ships it; the message about it, when it is parked. */
    private static JsonNode shippedWhileMislaid(JsonNode outbound) throws SQLException {
        Set<String> before = parked().keySet();
        update(
                Layer.DISPATCH,
                "UPDATE outbound SET outbound = 'MISLAID' WHERE outbound = '"
                        + outbound.get("outbound").asText() + "'");
        ship("FIRED", outbound);
        await("the shipment to be parked").atMost(SOON).until(() -> parked().size() > before.size());
        return parked().entrySet().stream()
                .filter(message -> !before.contains(message.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static void find(String mislaid) throws SQLException {
        update(Layer.DISPATCH, "UPDATE outbound SET outbound = '" + mislaid + "' WHERE outbound = 'MISLAID'");
    }

    /** What all documents of one trade do, in phases that each come to rest: within one nothing decides by who is first. */
    private static void trade(String name) {
        open(name);
        for (int receipt = 1; receipt <= 5; receipt++) {
            layers.wms()
                    .post(
                            "/v1/receipts",
                            Map.of(
                                    "receiptNumber",
                                    "RC-" + name + '-' + receipt,
                                    "kind",
                                    "PURCHASE",
                                    "warehouse",
                                    "WH-" + name,
                                    "lines",
                                    lines(name, sku -> Map.of("units", 10))))
                    .orFail();
        }
        settle();
        List<String> orders = IntStream.rangeClosed(1, ORDERS)
                .mapToObj(order -> "CH-" + name + ":O" + order)
                .toList();
        all(layers.platform()
                .post(
                        "/v1/orders/batch",
                        Map.of(
                                "orders",
                                orders.stream().map(order -> order(name, order)).toList())));
        all(layers.platform()
                .post(
                        "/v1/orders/payments",
                        Map.of(
                                "payments",
                                orders.stream()
                                        .map(order -> Map.of(
                                                "orderNumber",
                                                order,
                                                "paymentNumber",
                                                "P-" + order.substring(order.indexOf(':') + 1)))
                                        .toList())));
        settle();
        all(layers.platform()
                .post(
                        "/v1/orders/cancellations",
                        Map.of(
                                "cancellations",
                                orders.stream()
                                        .filter(order -> index(order) % 3 == 0)
                                        .map(order -> Map.of(
                                                "orderNumber",
                                                order,
                                                "cancellationNumber",
                                                "X-" + order.substring(order.indexOf(':') + 1),
                                                "reasonCode",
                                                "BUYER",
                                                "lines",
                                                List.of(Map.of("line", 1, "quantity", 1))))
                                        .toList())));
        settle();
        layers.wms().eachOf("/v1/outbound-orders?state=OPEN&warehouse=WH-" + name, outbound -> {
            if (index(outbound.get("order").asText()) % 5 != 0) {
                ship(name, outbound);
            }
        });
        settle();
        layers.wms()
                .post(
                        "/v1/stocktakes",
                        Map.of(
                                "stocktakeNumber", "ST-" + name,
                                "warehouse", "WH-" + name,
                                "lines", lines(name, sku -> Map.of("counted", 20 + sku % 7))))
                .orFail();
        settle();
    }

    private static void open(String name) {
        layers.warehouse().put("/v1/owners/ACME", Map.of("name", "Acme")).orFail();
        layers.warehouse()
                .post(
                        "/v1/skus/batch",
                        Map.of(
                                "skus",
                                IntStream.rangeClosed(1, SKUS)
                                        .mapToObj(sku -> Map.of("code", sku(name, sku), "name", "x", "unitsPerCase", 1))
                                        .toList()))
                .orFail();
        layers.warehouse()
                .put("/v1/warehouses/WH-" + name, Map.of("name", name))
                .orFail();
        layers.warehouse()
                .put("/v1/warehouses/WH-" + name + "/locations/A-1", Map.of("kind", "STORAGE"))
                .orFail();
        layers.dispatch().put("/v1/regions/RG-" + name, Map.of("name", name)).orFail();
        layers.dispatch()
                .put(
                        "/v1/nodes/WH-" + name,
                        Map.of(
                                "name",
                                name,
                                "kind",
                                "OWN_WAREHOUSE",
                                "warehouse",
                                "WH-" + name,
                                "regions",
                                List.of("RG-" + name),
                                "priority",
                                1))
                .orFail();
        layers.sales()
                .put(
                        "/v1/channels/CH-" + name,
                        Map.of(
                                "name",
                                name,
                                "deductionMode",
                                "ORDER_TIME",
                                "holdSeconds",
                                0,
                                "deliveryMethod",
                                "PARCEL",
                                "shipRegion",
                                "RG-" + name))
                .orFail();
        layers.dispatch()
                .put(
                        "/v1/allotment-rules/AR-" + name,
                        Map.of(
                                "kind", "RATIO",
                                "priority", 1,
                                "nodes", List.of("WH-" + name),
                                "skus", List.of(),
                                "shares",
                                        List.of(Map.of(
                                                "channel",
                                                "CH-" + name,
                                                "deliveryMethod",
                                                "PARCEL",
                                                "shipRegion",
                                                "RG-" + name,
                                                "weight",
                                                1))))
                .orFail();
    }

    private static String sku(String name, int number) {
        return "SKU-" + name + '-' + number;
    }

    private interface Field {
        Map<String, Object> of(int sku);
    }

    private static List<Map<String, Object>> lines(String name, Field field) {
        return IntStream.rangeClosed(1, SKUS)
                .mapToObj(sku -> {
                    Map<String, Object> line = new HashMap<>(field.of(sku));
                    line.putAll(Map.of(
                            "line", sku,
                            "sku", sku(name, sku),
                            "owner", "ACME",
                            "virtualWarehouse", "MAIN",
                            "batch", "B1",
                            "location", "A-1"));
                    return line;
                })
                .toList();
    }

    /** Two lines of one to three units; a SKU is wanted by four orders at most, and there is enough of it. */
    private static Map<String, Object> order(String name, String order) {
        int index = index(order);
        return Map.of(
                "channel", "CH-" + name,
                "channelOrderNumber", order.substring(order.indexOf(':') + 1),
                "lines",
                        List.of(
                                Map.of("sku", sku(name, 1 + index % SKUS), "quantity", 1 + index % 3),
                                Map.of("sku", sku(name, 1 + (index + 77) % SKUS), "quantity", 2)));
    }

    private static int index(String order) {
        return Integer.parseInt(order.substring(order.indexOf(":O") + 2));
    }

    private static void ship(String name, JsonNode outbound) {
        layers.wms()
                .post(
                        "/v1/outbound-orders/"
                                + LayerClient.encoded(outbound.get("outbound").asText()) + "/shipment",
                        Map.of(
                                "shipmentNumber",
                                "SH-" + name + '-' + index(outbound.get("order").asText()) + '-'
                                        + outbound.get("orderLine").asInt(),
                                "quantity",
                                outbound.get("locked").asLong()))
                .orFail();
    }

    private static void all(LayerClient.Answer batch) {
        for (JsonNode result : batch.orFail().body().get("results")) {
            assertThat(result.get("status").asInt()).as(result.toString()).isLessThan(300);
        }
    }

    /** Returns when every message that was sent is applied and no call is open, for a second. */
    private static void settle() {
        await("rest")
                .atMost(REST)
                .during(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    Map<String, Long> sent = new HashMap<>();
                    Map<String, Long> applied = new HashMap<>();
                    long[] open = new long[1];
                    for (Layer layer : Layer.values()) {
                        query(
                                layer,
                                "SELECT stream || '/' || partition, sequence FROM stream_head WHERE sequence > 0",
                                row -> sent.put(row.getString(1), row.getLong(2)));
                        query(
                                layer,
                                "SELECT stream || '/' || partition, count(*) FROM inbox GROUP BY 1",
                                row -> applied.put(row.getString(1), row.getLong(2)));
                    }
                    query(
                            Layer.DISPATCH,
                            "SELECT count(*) FROM outbound WHERE state = 'REQUESTED' OR release IS NOT NULL",
                            row -> open[0] += row.getLong(1));
                    query(
                            Layer.DISPATCH,
                            "SELECT count(*) FROM dispatch_line WHERE open > 0",
                            row -> open[0] += row.getLong(1));
                    query(
                            Layer.SALES,
                            "SELECT count(*) FROM cancellation_line WHERE done + refused < quantity",
                            row -> open[0] += row.getLong(1));
                    return sent.equals(applied) && open[0] == 0;
                });
    }

    private static List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (Layer layer : List.of(Layer.SALES, Layer.DISPATCH)) {
            layers.operator(layer)
                    .check("/v1/reconciliations")
                    .findParents("differences")
                    .forEach(run ->
                            run.get("differences").forEach(difference -> differences.add(difference.toString())));
        }
        return differences;
    }

    /** Parked messages of both receivers by message id. */
    private static Map<String, JsonNode> parked() {
        Map<String, JsonNode> parked = new HashMap<>();
        for (LayerClient reader : List.of(layers.sales(), layers.dispatch())) {
            reader.eachOf(
                    "/v1/parked-messages",
                    message -> parked.put(message.get("messageId").asText(), message));
        }
        return parked;
    }

    /** The rows of a trade, its name left out, in an order of their own. */
    private static List<String> rows(Table table, String name) throws SQLException {
        List<String> rows = new ArrayList<>();
        query(table.layer(), table.sql().replace("NAME", name), row -> {
            StringBuilder text = new StringBuilder();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                text.append(row.getString(column)).append('|');
            }
            rows.add(text.toString().replace(name, "NAME"));
        });
        rows.sort(null);
        return rows;
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private static void query(Layer layer, String sql, Row each) throws SQLException {
        LayerDatabase database = platform.database(layer);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                each.read(row);
            }
        }
    }

    private static void update(Layer layer, String sql) throws SQLException {
        LayerDatabase database = platform.database(layer);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isOne();
        }
    }
}
