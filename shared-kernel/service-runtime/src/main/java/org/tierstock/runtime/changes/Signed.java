package org.tierstock.runtime.changes;

import java.util.Objects;

/**
 * What is asked, and who asks it.
 *
 * @param <D> what is asked
 */
public record Signed<D>(D asked, Actor by) {
    public Signed {
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(by, "by");
    }
}
