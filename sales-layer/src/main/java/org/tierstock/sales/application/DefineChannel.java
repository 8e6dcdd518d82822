package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;
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

    private static final String KIND = "CHANNEL";

    private final ChannelRegister register;
    private final Changes changes;

    @Inject
    public DefineChannel(ChannelRegister register, Changes changes) {
        this.register = register;
        this.changes = changes;
    }

    /**
     * Stores the channel, and who changed it.
     *
     * @param expectedVersion the version that the caller has read; null: whatever it is
     */
    @Transactional
    public Outcome define(Channel channel, Long expectedVersion, Actor by) {
        Optional<VersionedChannel> current = register.hold(channel.code());
        if (expectedVersion != null && !current.map(VersionedChannel::version).equals(Optional.of(expectedVersion))) {
            return new Outdated(current);
        }
        Channel before = current.map(VersionedChannel::channel).orElse(null);
        if (channel.equals(before)) {
            return new Defined(current.get(), false);
        }
        VersionedChannel stored = before == null ? register.add(channel) : register.change(channel);
        changes.append(List.of(new Change(KIND, channel.code(), stored.version(), before, channel, by)));
        return new Defined(stored, before == null);
    }
}
