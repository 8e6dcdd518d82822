package org.tierstock.runtime.inspect;

import java.time.Instant;
import org.tierstock.movements.Code;

/**
 * Which changes are asked for; null where all are.
 *
 * @param from the first instant
 * @param to the first instant after the last
 */
record ChangeFilter(String kind, String code, String subject, Instant from, Instant to) {
    /**
     * The filter that a caller names.
     *
     * @throws org.tierstock.movements.InvalidValue when one of the values makes no sense
     */
    static ChangeFilter parse(String kind, String code, String subject, String from, String to) {
        return new ChangeFilter(
                kind == null ? null : Code.of("kind", kind),
                code == null ? null : Code.opaque("code", code),
                subject == null ? null : Code.opaque("subject", subject),
                MovementFilter.instant("from", from),
                MovementFilter.instant("to", to));
    }
}
