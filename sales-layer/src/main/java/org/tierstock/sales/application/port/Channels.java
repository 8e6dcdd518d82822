package org.tierstock.sales.application.port;

import java.util.Optional;
import org.tierstock.runtime.QueryPort;
import org.tierstock.sales.domain.Channel;

/** The channels as postings see them: remembered, and at most a second old. A new channel is seen at once. */
@QueryPort
public interface Channels {
    /** The channel of that code. */
    Optional<Channel> find(String code);
}
