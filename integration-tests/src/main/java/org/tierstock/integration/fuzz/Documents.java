package org.tierstock.integration.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;

/** Makes documents of a schema, and makes them bad. */
final class Documents {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 8;

    private final JsonNode schemas;
    private final Vocabulary vocabulary;

    /** A place in a document where a value stands. */
    private record Slot(ObjectNode object, ArrayNode array, String name, int index) {
        JsonNode value() {
            return object != null ? object.get(name) : array.get(index);
        }

        void put(JsonNode value) {
            if (object != null) {
                object.set(name, value);
            } else {
                array.set(index, value);
            }
        }

        void remove() {
            if (object != null) {
                object.remove(name);
            } else {
                array.remove(index);
            }
        }
    }

    /** Documents of the schemas in a description: OpenAPI's or AsyncAPI's. */
    Documents(JsonNode description, Vocabulary vocabulary) {
        this.schemas = description.at("/components/schemas");
        this.vocabulary = vocabulary;
    }

    /** A document that the schema allows, and that may make sense. */
    JsonNode good(JsonNode schema, Dice dice) {
        return good(schema, "", dice, 0, vocabulary);
    }

    /** A document that has everything the schema knows, one of each, and only what somebody knows. */
    JsonNode whole(JsonNode schema, Dice dice) {
        return good(schema, "", dice, 0, vocabulary.whole());
    }

    private JsonNode good(JsonNode said, String field, Dice dice, int depth, Vocabulary words) {
        JsonNode schema = said;
        while (schema.has("$ref")) {
            String reference = schema.get("$ref").asText();
            schema = schemas.path(reference.substring(reference.lastIndexOf('/') + 1));
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(dice.below(schema.get("enum").size()));
        }
        return switch (type(schema)) {
            case "object" -> object(schema, dice, depth, words);
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                int items = words.isWhole() ? 1 : depth > DEEPEST ? 0 : 3 - dice.below(3);
                for (int i = 0; i < items; i++) {
                    array.add(good(schema.path("items"), field, dice, depth + 1, words));
                }
                yield array;
            }
            case "integer", "number" -> NODES.numberNode(words.number(field, dice));
            case "boolean" -> NODES.booleanNode(dice.onceIn(2));
            default -> NODES.textNode(words.text(field, dice));
        };
    }

    /** A type that is one of several is their first. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asText() : type.asText("string");
    }

    private ObjectNode object(JsonNode schema, Dice dice, int depth, Vocabulary words) {
        ObjectNode object = NODES.objectNode();
        boolean closed = schema.has("required") || words.isWhole();
        schema.path("properties").properties().forEach(property -> {
            if (closed || !dice.onceIn(10)) {
                object.set(property.getKey(), good(property.getValue(), property.getKey(), dice, depth + 1, words));
            }
        });
        return object;
    }

    /** The document as text, changed in one to three places. */
    String bad(JsonNode good, Dice dice) {
        JsonNode changed = good.deepCopy();
        for (int i = dice.below(3); i >= 0; i--) {
            List<Slot> slots = slots(changed);
            if (slots.isEmpty()) {
                return dice.of(BadText.VALUES);
            }
            change(dice.of(slots), dice);
        }
        return text(changed);
    }

    private static void change(Slot slot, Dice dice) {
        switch (dice.below(16)) {
            case 0, 1 -> slot.remove();
            case 2 -> slot.put(raw(text(slot.value()) + doubled(slot)));
            case 3 -> slot.put(raw(text(slot.value()) + (slot.object() == null ? "" : ",\"unknownField\":1")));
            case 4 -> slot.put(NODES.arrayNode().add(slot.value()));
            case 5 -> slot.put(NODES.objectNode().set("value", slot.value()));
            case 6 -> slot.put(raw(BadText.nested(dice)));
            case 7 -> slot.put(NODES.numberNode(dice.number()));
            case 8 -> slot.put(NODES.textNode(dice.of(BadText.TEXTS)));
            case 9 -> {
                if (slot.value() instanceof ArrayNode array && !array.isEmpty()) {
                    JsonNode first = array.get(0);
                    for (int i = 0; i < 2_000; i++) {
                        array.add(first);
                    }
                } else {
                    slot.put(NODES.nullNode());
                }
            }
            default -> slot.put(raw(dice.of(BadText.VALUES)));
        }
    }

    private static String doubled(Slot slot) {
        return slot.object() == null ? "" : ",\"" + slot.name() + "\":" + text(slot.value());
    }

    private static JsonNode raw(String json) {
        return NODES.rawValueNode(new RawValue(json));
    }

    private static List<Slot> slots(JsonNode node) {
        List<Slot> slots = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                slots.add(new Slot(object, null, field.getKey(), 0));
                slots.addAll(slots(field.getValue()));
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < Math.min(array.size(), 5); i++) {
                slots.add(new Slot(null, array, "", i));
                slots.addAll(slots(array.get(i)));
            }
        }
        return slots;
    }

    static String text(JsonNode document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new FuzzFailure("A document cannot be written", e);
        }
    }
}
