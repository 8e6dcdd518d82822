package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch;
import org.tierstock.movements.protocol.ToSales;

/** {@code docs/asyncapi.yaml} describes the messages as they are: no more, no fewer, and each with its fields. */
class AsyncApiDriftTest {
    private static final JsonNode DOCUMENT = document();

    /** Numbered like a message, but carried by gRPC and described in the protos. */
    private static final Set<Class<?>> ELSEWHERE = Set.of(ToDispatch.HandOver.class);

    private static JsonNode document() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/asyncapi.yaml"))) {
            here = here.getParent();
        }
        try {
            return new YAMLMapper().readTree(here.resolve("docs/asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Class<?>> records(Class<?> sealed) {
        return sealed.isRecord()
                ? Stream.of(sealed)
                : Arrays.stream(sealed.getPermittedSubclasses()).flatMap(AsyncApiDriftTest::records);
    }

    private static List<Class<?>> carried(Class<?> sealed) {
        return records(sealed).filter(type -> !ELSEWHERE.contains(type)).toList();
    }

    private static Set<String> names(List<Class<?>> types) {
        Set<String> names = new TreeSet<>();
        types.forEach(type -> names.add(type.getSimpleName()));
        return names;
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> fields = new TreeSet<>();
        object.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? DOCUMENT.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    @Test
    void every_message_is_described_and_no_other() {
        assertThat(fields(DOCUMENT.at("/components/messages"))).isEqualTo(names(carried(Message.class)));
        Map.of(
                        "dispatchToSales", ToSales.class,
                        "salesToDispatch", ToDispatch.FromSales.class,
                        "warehouseToDispatch", ToDispatch.FromWarehouse.class)
                .forEach((channel, type) -> assertThat(fields(DOCUMENT.at("/channels/" + channel + "/messages")))
                        .as(channel)
                        .isEqualTo(names(carried(type))));
    }

    @Test
    void every_message_has_the_fields_that_are_described() {
        Set<Class<?>> seen = new HashSet<>();
        for (Class<?> type : carried(Message.class)) {
            same(
                    type.getSimpleName(),
                    type,
                    DOCUMENT.at("/components/messages/" + type.getSimpleName() + "/payload"),
                    seen);
        }
        assertThat(names(List.copyOf(seen))).contains("ChannelKey", "Cell", "NodeKey", "Side", "LostLock");
    }

    /** A record and its description have the same fields, all required, of the same types; and so have theirs. */
    private static void same(String where, Class<?> type, JsonNode description, Set<Class<?>> seen) {
        JsonNode schema = resolved(description);
        seen.add(type);
        Set<String> components = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(component.getName());
        }
        assertThat(fields(schema.get("properties"))).as(where).isEqualTo(components);
        assertThat(texts(schema.get("required"))).as(where).isEqualTo(components);
        assertThat(schema.get("additionalProperties").asBoolean(true)).as(where).isFalse();
        for (RecordComponent component : type.getRecordComponents()) {
            field(where + '.' + component.getName(), component, schema.at("/properties/" + component.getName()), seen);
        }
    }

    private static void field(String where, RecordComponent component, JsonNode description, Set<Class<?>> seen) {
        JsonNode schema = resolved(description);
        Class<?> type = component.getType();
        if (type.equals(List.class)) {
            Class<?> item = (Class<?>)
                    ((java.lang.reflect.ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            assertThat(schema.get("type").asText()).as(where).isEqualTo("array");
            same(where + "[]", item, schema.get("items"), seen);
        } else if (type.isEnum()) {
            Set<String> constants = new TreeSet<>();
            Arrays.stream(type.getEnumConstants()).forEach(constant -> constants.add(constant.toString()));
            assertThat(texts(schema.get("enum"))).as(where).isEqualTo(constants);
        } else if (type.isPrimitive()) {
            assertThat(schema.get("type").asText()).as(where).isEqualTo("integer");
        } else if (schema.get("type").asText().equals("object")) {
            same(where, type, schema, seen);
        } else {
            assertThat(schema.get("type").toString()).as(where).contains("string");
        }
    }

    @Test
    void the_bounds_are_those_of_the_kernel() {
        assertThat(DOCUMENT.at("/components/schemas/Positive/maximum").asLong()).isEqualTo(Quantity.MAX);
        assertThat(DOCUMENT.at("/components/schemas/NotNegative/maximum").asLong())
                .isEqualTo(Quantity.MAX);
        assertThat(DOCUMENT.at("/components/messageTraits/envelope/headers/properties/cloudEvents:partition/maximum")
                        .asInt())
                .isEqualTo(Partitions.COUNT - 1);
    }

    @Test
    void the_envelope_has_the_properties_that_are_described() {
        Set<String> properties = new TreeSet<>();
        Arrays.stream(CloudEvent.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> {
                    try {
                        properties.add((String) field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                });

        assertThat(fields(DOCUMENT.at("/components/messageTraits/envelope/headers/properties")))
                .isEqualTo(properties);
    }

    @Test
    void the_addresses_are_the_default_ones() {
        for (String queue : List.of("dispatch-to-sales", "sales-to-dispatch", "warehouse-to-dispatch")) {
            assertThat(DOCUMENT.get("channels"))
                    .anyMatch(channel -> channel.get("address").asText().equals("tierstock." + queue));
        }
    }
}
