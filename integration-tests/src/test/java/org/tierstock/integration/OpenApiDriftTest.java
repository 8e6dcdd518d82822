package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;

/**
 * {@code docs/openapi/LAYER.yaml} is what the services describe, in a form that can be compared: keys in order, no servers.
 *
 * <p>After a wanted change, {@code ./tierstock test -Dtierstock.openapi=renew} writes them anew; the difference belongs in
 * the review.
 */
class OpenApiDriftTest {
    private static final boolean RENEW = "renew".equals(System.getProperty("tierstock.openapi"));
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    @ParameterizedTest
    @EnumSource(Layer.class)
    void the_committed_description_is_the_running_one(Layer layer) throws IOException {
        Path committed = RunningPlatform.repository().resolve("docs/openapi/" + layer.code() + ".yaml");
        ObjectNode described = (ObjectNode) RunningPlatform.rest(layer, Role.OPERATOR)
                .get("/q/openapi?format=json")
                .ok()
                .body();
        described.remove("servers");
        String running = YAML.writeValueAsString(inOrder(described));
        if (RENEW) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, running);
        }

        assertThat(committed).exists();
        assertThat(running)
                .as("%s has changed; see the comment of this test", committed)
                .isEqualTo(Files.readString(committed));
    }

    /** The same with the fields of every object sorted. Lists keep their order: it may have a meaning. */
    private static JsonNode inOrder(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(field -> sorted.put(field.getKey(), inOrder(field.getValue())));
            ObjectNode ordered = JsonNodeFactory.instance.objectNode();
            sorted.forEach(ordered::set);
            return ordered;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> ordered.add(inOrder(item)));
            return ordered;
        }
        return node;
    }
}
