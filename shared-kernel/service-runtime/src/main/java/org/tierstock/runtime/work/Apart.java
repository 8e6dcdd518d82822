package org.tierstock.runtime.work;

import java.util.Map;

/**
 * A step has done what it was asked for, but for some subjects, and knows which: they are set aside without being looked for
 * in halves.
 */
public final class Apart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, RuntimeException> failures;

    /** @param failures why each of these subjects, by its name, could not be done; at least one */
    public Apart(Map<String, RuntimeException> failures) {
        super(failures.size() + " of them could not be done", null, false, false);
        this.failures = Map.copyOf(failures);
    }

    Map<String, RuntimeException> failures() {
        return failures;
    }
}
