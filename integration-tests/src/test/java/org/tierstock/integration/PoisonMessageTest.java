package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.fuzz.BrokerClient;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.Role;
import org.tierstock.movements.Partitions;

/** What no service can apply, put into each queue by hand: it is parked with its reason, and holds nothing else up. */
class PoisonMessageTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** How long messages behind poison may take, on a machine that is busy with other things. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final String SKU = "POISON";
    private static final String KEY = """
            {"channel":"C","deliveryMethod":"PARCEL","quality":"NORMAL","shipRegion":"R","sku":"POISON"}""";
    private static final String CELL = """
            {"node":{"node":"W","virtualWarehouse":"MAIN","owner":"ACME","quality":"NORMAL"},"sku":"POISON"}""";

    private static BrokerClient broker;

    /** What a test has sent, and part of the reason for which it is to be parked; empty for any. */
    private record Poison(Queue queue, String id, String reason) {}

    private final List<Poison> poisons = new ArrayList<>();

    /** A queue, who reads it, and a message that would be right there. */
    private record Queue(String address, Layer reader, String stream, String type, String right) {}

    private static final List<Queue> QUEUES = List.of(
            new Queue(
                    "tierstock.dispatch-to-sales",
                    Layer.SALES,
                    "D>S",
                    "StockRevoked",
                    "{\"revocation\":\"RV-POISON\",\"key\":" + KEY + ",\"quantity\":3}"),
            new Queue(
                    "tierstock.sales-to-dispatch",
                    Layer.DISPATCH,
                    "S>D",
                    "RevocationSettled",
                    "{\"revocation\":\"RV-POISON\",\"key\":" + KEY + ",\"taken\":3}"),
            new Queue(
                    "tierstock.warehouse-to-dispatch",
                    Layer.DISPATCH,
                    "W>D:W",
                    "GoodsShipped",
                    "{\"warehouse\":\"W\",\"shipmentLine\":\"SH-POISON/1\",\"outbound\":\"OB-POISON\",\"cell\":" + CELL
                            + ",\"quantity\":3,\"batch\":\"B\"}"));

    @BeforeAll
    static void connect() {
        broker = new BrokerClient(RunningPlatform.get().broker());
    }

    @AfterAll
    static void disconnect() {
        broker.close();
    }

    private static Map<String, Object> envelope(Queue queue) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("cloudEvents:specversion", "1.0");
        envelope.put("cloudEvents:type", queue.type());
        envelope.put("cloudEvents:stream", queue.stream());
        envelope.put("cloudEvents:partition", Partitions.of(SKU));
        envelope.put("cloudEvents:sequence", 900_000L);
        envelope.put("cloudEvents:epoch", 1L);
        envelope.put("cloudEvents:journal", 1L);
        return envelope;
    }

    private static Section data(String text) {
        return new Data(new Binary(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<JsonNode> everyParkedMessage(Layer layer) {
        List<JsonNode> all = new ArrayList<>();
        String path = "/v1/parked-messages?limit=1000";
        Rest operator = RunningPlatform.rest(layer, Role.OPERATOR);
        JsonNode page = operator.get(path).ok().body();
        page.get("items").forEach(all::add);
        while (page.hasNonNull("next")) {
            page = operator.get(path + "&cursor=" + page.get("next").asText())
                    .ok()
                    .body();
            page.get("items").forEach(all::add);
        }
        return all;
    }

    /** Sends it; {@link #areParked} looks for it. */
    private void poison(Queue queue, String contentType, Map<String, Object> envelope, Section body, String reason) {
        String id = "POISON-" + UUID.randomUUID();
        broker.send(queue.address(), id, contentType, envelope, body);
        poisons.add(new Poison(queue, id, reason));
    }

    /** Waits until all that was sent is parked, each for its reason, and gives it up. */
    private void areParked() {
        for (Queue queue : QUEUES) {
            List<Poison> ofQueue =
                    poisons.stream().filter(poison -> poison.queue() == queue).toList();
            Map<String, JsonNode> parked = new HashMap<>();
            await(queue.address()).atMost(SOON).untilAsserted(() -> {
                everyParkedMessage(queue.reader())
                        .forEach(message -> parked.put(message.get("messageId").asText(), message));
                assertThat(ofQueue).allMatch(poison -> parked.containsKey(poison.id()));
            });
            for (Poison poison : ofQueue) {
                JsonNode message = parked.get(poison.id());
                assertThat(message.get("reason").asText())
                        .as(message.toString())
                        .containsIgnoringCase(poison.reason());
                assertThat(message.get("state").asText()).isEqualTo("PARKED");
                close(queue, message);
            }
        }
    }

    private static void close(Queue queue, JsonNode parked) {
        Rest operator = RunningPlatform.rest(queue.reader(), Role.OPERATOR);
        String path = "/v1/parked-messages/" + parked.get("id").asLong();
        assertThat(operator.post(path + "/closure", null)
                        .ok()
                        .body()
                        .get("state")
                        .asText())
                .isEqualTo("CLOSED");
        assertThat(operator.post(path + "/closure", null).status()).isEqualTo(404);
        assertThat(operator.post(path + "/replay", null).status()).isEqualTo(404);
    }

    @Test
    void a_body_that_is_no_message_is_parked_whatever_it_says_it_is() {
        for (Queue queue : QUEUES) {
            for (String contentType : Arrays.asList("application/json", "text/plain", "nonsense", null)) {
                for (String body : List.of("", "{", "nonsense", "[1,2", "{\"a\":1}}", "\u0000")) {
                    poison(queue, contentType, envelope(queue), data(body), "");
                }
            }
            poison(queue, "application/json", envelope(queue), data("{"), "Bad JSON");
            byte[] notUtf8 = {(byte) 0xff, (byte) 0xfe, 0};
            poison(queue, "application/json", envelope(queue), new Data(new Binary(notUtf8)), "");
            poison(queue, "application/json", envelope(queue), new AmqpValue("{"), "Bad JSON");
            poison(queue, "application/json", envelope(queue), new AmqpSequence(List.of(1, 2)), "");
            poison(queue, "application/json", envelope(queue), new AmqpValue(null), "");
        }
        areParked();
    }

    @Test
    void a_body_of_five_megabytes_is_parked() {
        for (Queue queue : QUEUES) {
            poison(
                    queue,
                    "application/json",
                    envelope(queue),
                    data("{\"x\":\"" + "x".repeat(5_000_000) + "\"}"),
                    "Too large");
        }
        areParked();
    }

    @Test
    void a_message_of_an_unknown_type_or_a_wrong_schema_is_parked() {
        for (Queue queue : QUEUES) {
            for (String type : Arrays.asList("Nonsense", "", "HandOver ", null)) {
                Map<String, Object> envelope = envelope(queue);
                envelope.put("cloudEvents:type", type);
                poison(queue, "application/json", envelope, data(queue.right()), "Unknown type");
            }
            for (Queue other : QUEUES) {
                if (other.reader() != queue.reader()) {
                    Map<String, Object> envelope = envelope(queue);
                    envelope.put("cloudEvents:type", other.type());
                    poison(queue, "application/json", envelope, data(other.right()), "Unknown type");
                }
            }
            for (String schema : List.of(
                    "{}",
                    "null",
                    queue.right().replace("}", ",\"more\":1}"),
                    queue.right().replace("POISON\"", "A/B\""),
                    queue.right().replace("NORMAL", "FINE"))) {
                poison(queue, "application/json", envelope(queue), data(schema), "Wrong schema");
            }
        }
        areParked();
    }

    @Test
    void a_quantity_that_cannot_be_is_parked() {
        for (Queue queue : QUEUES) {
            for (String quantity : List.of(
                    "-1",
                    "1000000001",
                    "9223372036854775807",
                    "99999999999999999999",
                    "1e30",
                    "1.5",
                    "\"3\"",
                    "null")) {
                poison(
                        queue,
                        "application/json",
                        envelope(queue),
                        data(queue.right().replace(":3", ":" + quantity)),
                        "");
            }
        }
        areParked();
    }

    @Test
    void a_message_that_says_a_wrong_place_in_a_stream_is_parked() {
        Map<String, List<Object>> wrong = Map.of(
                "cloudEvents:stream", List.of("", "X>Y", "W>D:OTHER"),
                "cloudEvents:partition", List.of(-1, 16, 1_000_000, "0", (Partitions.of(SKU) + 1) % Partitions.COUNT),
                "cloudEvents:sequence", List.of(0L, -1L, "1", UnsignedLong.valueOf(-1L)),
                "cloudEvents:epoch", List.of("now"),
                "cloudEvents:journal", List.of("now"));
        for (Queue queue : QUEUES) {
            wrong.forEach((property, values) -> {
                for (Object value : values) {
                    Map<String, Object> envelope = envelope(queue);
                    envelope.put(property, value);
                    poison(queue, "application/json", envelope, data(queue.right()), "");
                }
                Map<String, Object> envelope = envelope(queue);
                envelope.remove(property);
                poison(queue, "application/json", envelope, data(queue.right()), "Wrong envelope");
            });
        }
        areParked();
    }

    @Test
    void a_message_about_a_document_that_nobody_knows_is_parked() {
        Queue toSales = QUEUES.get(0);
        Map<String, Object> reversal = envelope(toSales);
        reversal.put("cloudEvents:type", "SaleReversed");
        for (String order : List.of("C:NONE", "nonsense", "")) {
            poison(
                    toSales,
                    "application/json",
                    reversal,
                    data("{\"reversal\":\"RS-POISON\",\"order\":\"" + order + "\",\"orderLine\":1,\"key\":" + KEY
                            + ",\"quantity\":1,\"regranted\":1,\"cause\":\"CANCEL\",\"cancel\":\"X\",\"refused\":0}"),
                    "");
        }
        poison(
                QUEUES.get(1),
                "application/json",
                envelope(QUEUES.get(1)),
                data(QUEUES.get(1).right()),
                "RV-POISON");
        poison(
                QUEUES.get(2),
                "application/json",
                envelope(QUEUES.get(2)),
                data(QUEUES.get(2).right()),
                "OB-POISON");
        areParked();
    }

    @Test
    void goods_that_sales_tells_of_in_a_warehouses_name_are_refused_counted_and_logged() throws SQLException {
        Shop shop = Shop.open("forged");
        shop.receiveUnits(shop.warehouse, "A-1", 3);
        shop.awaitSellable(3);
        Queue ofSales = QUEUES.get(1);
        String counter = "tierstock_messages_refused_total{cause=\"sender\",queue=\"sales-to-dispatch\"";
        double before = RunningPlatform.counted(Layer.DISPATCH, counter);
        Sent receipt = sent(Layer.WAREHOUSE, shop.sku).getFirst();
        assertThat(receipt.envelope().get("cloudEvents:type")).isEqualTo("GoodsReceived");
        Map<String, Object> envelope = new LinkedHashMap<>(receipt.envelope());
        envelope.merge("cloudEvents:sequence", 1L, (number, one) -> (Long) number + (Long) one);
        String goods = receipt.payload().replace("RC-" + shop.name, "RC-FORGED-" + shop.name);
        String id = "POISON-" + UUID.randomUUID();

        try (BrokerClient sales = new BrokerClient(RunningPlatform.get().broker(Layer.SALES))) {
            sales.send(ofSales.address(), id, "application/json", envelope, data(goods));
        }

        poisons.add(new Poison(ofSales, id, "Wrong sender"));
        areParked();
        assertThat(RunningPlatform.counted(Layer.DISPATCH, counter)).isEqualTo(before + 1);
        RunningPlatform.awaitLogged(Layer.DISPATCH, "message " + id + " is parked: Wrong sender");
        assertThat(shop.sellable()).isEqualTo(3);
        // What the warehouse itself tells of next has the number that was forged.
        shop.receiveUnits(shop.warehouse, "A-1", 2);
        shop.awaitSellable(5);
    }

    @Test
    void poison_holds_up_nothing_behind_it() {
        Shop shop = Shop.open("poison");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);
        List<String> sent = new ArrayList<>();
        for (Queue queue : QUEUES) {
            for (int i = 0; i < 200; i++) {
                String id = "POISON-" + UUID.randomUUID();
                sent.add(id);
                broker.send(queue.address(), id, "application/json", envelope(queue), data("{"));
            }
        }

        shop.receiveUnits(shop.warehouse, "A-1", 5);

        await("the goods behind the poison").atMost(AT_ONCE).until(() -> shop.sellable() == 15);
        for (Queue queue : QUEUES) {
            await().atMost(SOON)
                    .until(() -> everyParkedMessage(queue.reader()).stream()
                            .map(message -> message.get("messageId").asText())
                            .toList()
                            .containsAll(sent.subList(200 * QUEUES.indexOf(queue), 200 * (QUEUES.indexOf(queue) + 1))));
        }
        for (Queue queue : List.of(QUEUES.get(0), QUEUES.get(1))) {
            everyParkedMessage(queue.reader()).stream()
                    .filter(message -> message.get("state").asText().equals("PARKED"))
                    .filter(message -> sent.contains(message.get("messageId").asText()))
                    .forEach(message -> close(queue, message));
        }
    }

    @Test
    void a_real_message_that_comes_again_changes_nothing() throws SQLException {
        Shop shop = Shop.open("again");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);
        String order = shop.placed(4);
        shop.pay(order).ok();
        shop.awaitLocked(order, 4);
        shop.cancel(order, 1).ok();
        shop.awaitSellable(7);
        shop.shipAll(order, 3);
        shop.count(shop.warehouse, "A-1", 5);
        shop.awaitSellable(5);
        // Sales has given the lost units up; dispatch is to hear of it.
        List<List<Long>> settled = List.of(List.of(5L, 0L, 3L), List.of(0L, 5L, 0L, 0L), List.of(5L, 0L, 0L));
        await("books before").atMost(SOON).until(() -> books(shop), settled::equals);

        int sent = sendAgain(Layer.DISPATCH, QUEUES.get(0), shop.sku)
                + sendAgain(Layer.SALES, QUEUES.get(1), shop.sku)
                + sendAgain(Layer.WAREHOUSE, QUEUES.get(2), shop.sku);

        assertThat(sent).isGreaterThanOrEqualTo(6);
        // What comes after the repetitions has been applied, so they have.
        shop.receiveUnits(shop.warehouse, "A-2", 1);
        shop.awaitSellable(6);
        shop.count(shop.warehouse, "A-2", 0);
        shop.awaitSellable(5);
        await("books after").atMost(SOON).until(() -> books(shop), settled::equals);
        for (Layer layer : List.of(Layer.SALES, Layer.DISPATCH)) {
            assertThat(everyParkedMessage(layer))
                    .noneMatch(message -> message.get("state").asText().equals("PARKED")
                            && !message.get("messageId").asText().startsWith("POISON"));
            assertThat(ReconciliationTest.differences(layer))
                    .noneMatch(difference -> difference.get("key").asText().contains(shop.sku));
        }
    }

    private static List<List<Long>> books(Shop shop) {
        return List.of(
                List.of(shop.salesBucket("sellable"), shop.salesBucket("locked"), shop.salesBucket("sold")),
                List.of(
                        shop.dispatchBucket("free"),
                        shop.dispatchBucket("allotted"),
                        shop.dispatchBucket("allocated"),
                        shop.dispatchBucket("deficit")),
                shop.warehouseStock());
    }

    /** Sends what a layer has ever sent of a SKU once more, under the same numbers; answers how many messages that were. */
    private static int sendAgain(Layer layer, Queue queue, String sku) throws SQLException {
        List<Sent> sent = sent(layer, sku);
        for (Sent message : sent) {
            broker.send(
                    queue.address(),
                    "AGAIN-" + UUID.randomUUID(),
                    "application/json",
                    message.envelope(),
                    data(message.payload()));
        }
        return sent.size();
    }

    /** A message that a layer has sent. */
    private record Sent(Map<String, Object> envelope, String payload) {}

    /** What a layer has ever sent of a SKU by the broker. */
    private static List<Sent> sent(Layer layer, String sku) throws SQLException {
        LayerDatabase database = RunningPlatform.get().database(layer);
        List<Sent> sent = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT stream, partition, sequence, (SELECT epoch FROM installation) AS epoch, journal,
                               type, subject, payload
                        FROM outbox WHERE carrier = 'BROKER' AND subject LIKE ?
                        """)) {
            statement.setString(1, "%/" + sku);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Map<String, Object> envelope = new LinkedHashMap<>();
                    envelope.put("cloudEvents:type", row.getString("type"));
                    envelope.put("cloudEvents:stream", row.getString("stream"));
                    envelope.put("cloudEvents:partition", row.getInt("partition"));
                    envelope.put("cloudEvents:sequence", row.getLong("sequence"));
                    envelope.put("cloudEvents:epoch", row.getLong("epoch"));
                    envelope.put("cloudEvents:journal", row.getLong("journal"));
                    sent.add(new Sent(envelope, row.getString("payload")));
                }
            }
        }
        return sent;
    }
}
