package org.tierstock.sales.application.port;

import java.util.Optional;
import org.tierstock.sales.domain.Channel;

/** The channels as master data. */
public interface ChannelRegister {
    /** The channel of that code, held until the end of the transaction. */
    Optional<VersionedChannel> hold(String code);

    /** Stores a new channel. */
    VersionedChannel add(Channel channel);

    /** Stores a changed channel, which is held. */
    VersionedChannel change(Channel channel);
}
