package org.tierstock.sales.application.port;

import java.util.Map;
import java.util.Set;
import org.tierstock.sales.domain.Channel;

/** The channels as master data. */
public interface ChannelRegister {
    /** Those channels of these codes that there are, by code, held until the end of the transaction. */
    Map<String, VersionedChannel> hold(Set<String> codes);

    /** Stores a new channel. */
    VersionedChannel add(Channel channel);

    /** Stores a changed channel, which is held. */
    VersionedChannel change(Channel channel);
}
