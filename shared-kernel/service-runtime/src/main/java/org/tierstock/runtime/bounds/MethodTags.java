package org.tierstock.runtime.bounds;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Methods of HTTP that nobody knows share one tag, {@code OTHER}: a request may name any, also one that is refused, and each
 * would make series that are kept for as long as the process lives.
 */
@Singleton
public class MethodTags implements MeterFilter {
    private static final String METHOD = "method";
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    @Override
    public Meter.Id map(Meter.Id id) {
        String method = id.getName().startsWith("http.server.") ? id.getTag(METHOD) : null;
        return method == null || KNOWN.contains(method) ? id : id.withTags(List.of(Tag.of(METHOD, "OTHER")));
    }
}
