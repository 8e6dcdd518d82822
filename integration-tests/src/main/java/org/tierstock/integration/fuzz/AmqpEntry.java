package org.tierstock.integration.fuzz;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.tierstock.local.LayerDatabase;

/**
 * One kind of message in one queue, as the AsyncAPI document describes it. Nobody answers a message, so each one is wrong
 * for sure: it must be parked with a reason.
 */
final class AmqpEntry implements Entry {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final AtomicLong SENT = new AtomicLong();

    private static final Map<String, List<String>> WRONG = Map.of(
            "integer",
            List.of(
                    "1.5",
                    "1e400",
                    "NaN",
                    "Infinity",
                    "\"3\"",
                    "1000000001",
                    "9223372036854775808",
                    "9".repeat(400),
                    "true",
                    "{}",
                    "[]",
                    "null"),
            "string",
            List.of("1", "true", "{}", "[]", "[[]]", "NaN", "'x'", "\"\\ud800", "{\"a\":1,\"a\":2}"),
            "object",
            List.of("1", "\"x\"", "\"\"", "[]", "null", "true", "{}", "{\"unknownField\":1}"),
            "array",
            List.of("1", "\"x\"", "{}", "null", "[1]", "[null]", "[[]]", "[{}]"));

    private final String queue;
    private final String type;
    private final JsonNode payload;
    private final Documents documents;
    private final Vocabulary vocabulary;
    private final BrokerClient broker;
    private final LayerDatabase reader;
    private final Map<String, String> waiting = new ConcurrentHashMap<>();

    AmqpEntry(
            String queue,
            String type,
            JsonNode payload,
            Documents documents,
            Vocabulary vocabulary,
            BrokerClient broker,
            LayerDatabase reader) {
        this.queue = queue;
        this.type = type;
        this.payload = payload;
        this.documents = documents;
        this.vocabulary = vocabulary;
        this.broker = broker;
        this.reader = reader;
    }

    @Override
    public String name() {
        return queue + ' ' + type;
    }

    /** A message without its id, which is another each time it is sent. */
    private record Message(String contentType, Map<String, Object> properties, byte[] data, Section other) {
        Section body() {
            return other == null ? new Data(new Binary(data)) : other;
        }

        String text() {
            return properties + " " + contentType + ' ' + (other == null ? BadText.shown(data) : other);
        }
    }

    @Override
    public Input input(Dice dice) {
        Message message = message(dice);
        return new Input() {
            @Override
            public Verdict send() {
                String id = "FUZZ-" + SENT.incrementAndGet();
                waiting.put(id, message.text());
                try {
                    broker.send(queue, id, message.contentType(), message.properties(), message.body());
                } catch (RuntimeException e) {
                    throw new FuzzFailure("The broker does not take " + message.text(), e);
                }
                return new Verdict.Harmless("sent");
            }

            @Override
            public String text() {
                return message.text();
            }
        };
    }

    private Message message(Dice dice) {
        JsonNode good = documents.good(payload, dice);
        Map<String, Object> properties = envelope(dice);
        byte[] data = Documents.text(good).getBytes(StandardCharsets.UTF_8);
        String contentType = dice.onceIn(5)
                ? dice.of(Arrays.asList("text/plain", "nonsense", null, "application/json; charset=x"))
                : "application/json";
        switch (dice.below(10)) {
            case 0, 1, 2 -> spoil(properties, dice);
            case 3 -> data = badBytes(data, dice);
            case 4 -> {
                Section other = dice.of(List.of(
                        new AmqpValue(null),
                        new AmqpValue("{"),
                        new AmqpValue(List.of(1, 2)),
                        new AmqpValue(Map.of("a", 1)),
                        new AmqpSequence(List.of(1, 2))));
                return new Message(contentType, properties, data, other);
            }
            default -> data = wrongField(good, dice).getBytes(StandardCharsets.UTF_8);
        }
        return new Message(contentType, properties, data, null);
    }

    private Map<String, Object> envelope(Dice dice) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("cloudEvents:specversion", "1.0");
        properties.put("cloudEvents:type", type);
        properties.put("cloudEvents:stream", dice.of(List.of("D>S", "S>D", "W>D:" + vocabulary.text("node", dice))));
        properties.put("cloudEvents:partition", dice.below(16));
        properties.put("cloudEvents:sequence", 500_000L + dice.below(400_000));
        properties.put("cloudEvents:epoch", 1L);
        properties.put("cloudEvents:journal", 1L);
        if (dice.onceIn(3)) {
            properties.put(
                    dice.of(List.of("cloudEvents:time", "cloudEvents:traceparent", "x")), dice.of(BadText.TEXTS));
        }
        return properties;
    }

    /** Makes the envelope one that no message may have. */
    private static void spoil(Map<String, Object> properties, Dice dice) {
        Map<String, List<Object>> wrong = new HashMap<>();
        wrong.put("type", Arrays.asList("Nonsense", "", 1, null, "x".repeat(50_000)));
        wrong.put("stream", Arrays.asList("", "X>Y", 7L, null, "\u0000", "W>D:"));
        wrong.put("partition", Arrays.asList(-1, 16, 1_000_000, Long.MAX_VALUE, "0", 1.5, Double.NaN, null));
        wrong.put("sequence", Arrays.asList(0L, -1L, Long.MIN_VALUE, "1", 1.5, UnsignedLong.valueOf(-1L), null));
        wrong.put("epoch", Arrays.asList("now", 1.5, null, true));
        wrong.put("journal", Arrays.asList("now", Double.POSITIVE_INFINITY, null, true));
        List<String> names = wrong.keySet().stream().sorted().toList();
        String name = dice.of(names);
        if (dice.onceIn(4)) {
            properties.remove("cloudEvents:" + name);
        } else {
            properties.put("cloudEvents:" + name, dice.of(wrong.get(name)));
        }
    }

    private static byte[] badBytes(byte[] good, Dice dice) {
        return switch (dice.below(dice.onceIn(40) ? 5 : 4)) {
            case 0 -> Arrays.copyOf(good, dice.below(good.length));
            case 1 -> BadText.joined(good, new byte[] {'}'});
            case 2 -> BadText.joined(new byte[] {(byte) 0xff}, dice.bytes(dice.below(300)));
            case 3 -> BadText.nested(dice).getBytes(StandardCharsets.UTF_8);
            default -> BadText.huge().getBytes(StandardCharsets.UTF_8);
        };
    }

    /** The document with one field that has no possible value, is unknown, or occurs twice. */
    private String wrongField(JsonNode good, Dice dice) {
        String text = Documents.text(good);
        if (dice.onceIn(4)) {
            String first = text.substring(1, text.indexOf(':'));
            return dice.onceIn(2)
                    ? text.replaceFirst("\\{", "{\"unknownField\":1,")
                    : text.replaceFirst("\\{", "{" + first + ":\"twice\",");
        }
        List<String> fields = new ArrayList<>();
        good.fieldNames().forEachRemaining(fields::add);
        String field = dice.of(fields);
        JsonNode value = good.get(field);
        String kind = value.isObject() ? "object" : value.isArray() ? "array" : value.isNumber() ? "integer" : "string";
        String rest = Documents.text(((com.fasterxml.jackson.databind.node.ObjectNode) good.deepCopy()).without(field));
        return "{\"" + field + "\":" + dice.of(WRONG.get(kind)) + ',' + rest.substring(1);
    }

    @Override
    public List<String> settle() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        Map<String, String> sent = new HashMap<>(waiting);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> findings = new ArrayList<>();
        while (!sent.isEmpty() && System.nanoTime() < deadline) {
            parked(sent.keySet()).forEach((id, reason) -> {
                String text = sent.remove(id);
                if (reason.isBlank()) {
                    findings.add("parked without a reason: " + text);
                }
            });
            if (!sent.isEmpty()) {
                pause();
            }
        }
        sent.forEach((id, text) -> findings.add("neither parked nor refused: " + id + ' ' + text));
        waiting.clear();
        return findings;
    }

    /** Those of these messages that are parked, with the reasons. */
    private Map<String, String> parked(Set<String> ids) {
        Map<String, String> found = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(reader.jdbcUrl(), reader.user(), reader.password());
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT message_id, reason FROM parked_message WHERE message_id = ANY(?)")) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), row.getString(2));
                }
            }
        } catch (SQLException e) {
            throw new FuzzFailure("The parked messages cannot be read", e);
        }
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FuzzFailure("interrupted", e);
        }
    }
}
