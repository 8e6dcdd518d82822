package org.tierstock.warehouse.domain;

import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;

/** The spelling rules of names that people read. */
final class Names {
    private Names() {}

    static String of(String field, String name) {
        if (Code.opaque(field, name).isBlank()) {
            throw new InvalidValue(field, "is missing");
        }
        return name;
    }
}
