package org.tierstock.sales.application.port;

import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.QueryPort;

/** Reads channels as master data. */
@QueryPort
public interface ChannelQueries {
    /** The channel of that code, with its version. */
    Optional<VersionedChannel> find(String code);

    /** Channels by code, from the one after {@code after}; empty: from the first. */
    List<VersionedChannel> list(String after, int limit);
}
