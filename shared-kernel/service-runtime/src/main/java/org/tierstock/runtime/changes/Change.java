package org.tierstock.runtime.changes;

import java.util.Objects;

/**
 * One record that was created or changed.
 *
 * @param kind which kind of record it is, such as CHANNEL or SOURCING_RULE
 * @param code the record's code; of a location with its warehouse: {@code WAREHOUSE/CODE}
 * @param version the record's version, as its ETag, after the change
 * @param before the record as it was; null when it is new
 * @param after the record as it is
 * @param by who did it
 */
public record Change(String kind, String code, long version, Object before, Object after, Actor by) {
    public Change {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(by, "by");
    }
}
