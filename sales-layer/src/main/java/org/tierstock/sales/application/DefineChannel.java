package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.tierstock.sales.application.port.ChannelRegister;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;

/** Adds a channel, or changes its defaults for the orders to come (S74). */
@ApplicationScoped
public class DefineChannel {
    /** What became of it. */
    public sealed interface Outcome {}

    /** The channel is as asked. */
    public record Defined(VersionedChannel channel, boolean created) implements Outcome {}

    /** Someone else has changed the channel meanwhile; nothing was changed. */
    public record Outdated(Optional<VersionedChannel> current) implements Outcome {}

    private final ChannelRegister register;

    @Inject
    public DefineChannel(ChannelRegister register) {
        this.register = register;
    }

    /**
     * Stores the channel.
     *
     * @param expectedVersion the version that the caller has read; null: whatever it is
     */
    @Transactional
    public Outcome define(Channel channel, Long expectedVersion) {
        Optional<VersionedChannel> current = register.hold(channel.code());
        if (expectedVersion != null && !current.map(VersionedChannel::version).equals(Optional.of(expectedVersion))) {
            return new Outdated(current);
        }
        if (current.isEmpty()) {
            return new Defined(register.add(channel), true);
        }
        boolean same = current.get().channel().equals(channel);
        return new Defined(same ? current.get() : register.change(channel), false);
    }
}
