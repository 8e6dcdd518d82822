package org.tierstock.integration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;

/** What a running service says of its own endpoints. */
final class OpenApi {
    /**
     * One operation.
     *
     * @param path with its parameters in braces, as the service describes it
     * @param takesJson whether it has a JSON request body
     */
    record Operation(Layer layer, String method, String path, boolean takesJson) {
        /** The path with every parameter filled in. */
        String filled() {
            return path.replaceAll("\\{[^}]+}", "1");
        }

        @Override
        public String toString() {
            return layer.code() + ' ' + method + ' ' + path;
        }
    }

    private OpenApi() {}

    /** Every operation under /v1 of a layer's first replica. */
    static List<Operation> operations(Layer layer) {
        JsonNode document = RunningPlatform.rest(layer, Role.OPERATOR)
                .get("/q/openapi?format=json")
                .ok()
                .body();
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (path.getKey().startsWith("/v1/")
                            && List.of("get", "put", "post", "delete", "patch").contains(method.getKey())) {
                        operations.add(new Operation(
                                layer,
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue()
                                        .at("/requestBody/content/application~1json")
                                        .isObject()));
                    }
                }));
        return operations;
    }
}
