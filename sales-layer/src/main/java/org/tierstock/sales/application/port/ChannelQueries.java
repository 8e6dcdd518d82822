package org.tierstock.sales.application.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tierstock.runtime.QueryPort;
import org.tierstock.sales.domain.Channel;

/** Reads channels as master data. */
@QueryPort
public interface ChannelQueries {
    /** The channel of that code, with its version. */
    Optional<VersionedChannel> find(String code);

    /**
     * Those channels of these codes that there are, by code: remembered, and at most a second old. All that are not remembered
     * are read with one look.
     */
    Map<String, Channel> known(Set<String> codes);

    /** Channels by code, from the one after {@code after}; empty: from the first. */
    List<VersionedChannel> list(String after, int limit);
}
