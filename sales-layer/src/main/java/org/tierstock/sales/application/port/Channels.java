package org.tierstock.sales.application.port;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tierstock.runtime.QueryPort;
import org.tierstock.sales.domain.Channel;

/** The channels as postings see them: remembered, and at most a second old. A new channel is seen at once. */
@QueryPort
public interface Channels {
    /** The channel of that code. */
    default Optional<Channel> find(String code) {
        return Optional.ofNullable(find(Set.of(code)).get(code));
    }

    /** Those channels of these codes that there are, by code; all that are not remembered are read with one look. */
    Map<String, Channel> find(Set<String> codes);
}
