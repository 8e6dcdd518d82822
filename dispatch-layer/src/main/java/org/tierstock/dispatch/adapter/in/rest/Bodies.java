package org.tierstock.dispatch.adapter.in.rest;

import java.util.List;
import org.tierstock.movements.InvalidValue;

/** What bodies and parameters must be. */
final class Bodies {
    private Bodies() {}

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new InvalidValue(field, "is missing");
        }
        return value;
    }

    static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    static <T> List<T> orEmpty(String field, List<T> values) {
        if (values == null) {
            return List.of();
        }
        for (T value : values) {
            present(field, value);
        }
        return values;
    }
}
