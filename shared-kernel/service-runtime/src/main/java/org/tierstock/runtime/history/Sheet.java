package org.tierstock.runtime.history;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** A document as JSON, as a peer has kept it. */
public final class Sheet {
    private final JsonObject content;

    private Sheet(JsonObject content) {
        this.content = content;
    }

    /** The document of that text. */
    public static Sheet parse(String json) {
        return new Sheet(new JsonObject(json));
    }

    /** A text; null when there is none. */
    public String text(String name) {
        return content.getString(name);
    }

    /** A whole number. */
    public long number(String name) {
        return content.getLong(name);
    }

    /** True when something stands under that name. */
    public boolean has(String name) {
        return content.getValue(name) != null;
    }

    /** Whether something is so. */
    public boolean flag(String name) {
        return content.getBoolean(name);
    }

    /** The documents of a list. */
    public List<Sheet> each(String name) {
        return content.getJsonArray(name).stream()
                .map(JsonObject.class::cast)
                .map(Sheet::new)
                .toList();
    }
}
