package org.tierstock.sales.application;

import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.sales.application.port.ChannelRegister;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;

/** Adds channels, or changes their defaults for the orders to come (S74). */
@ApplicationScoped
public class DefineChannels {
    /**
     * One channel as it shall be.
     *
     * @param expected the version that the caller has read; null: whatever it is
     */
    public record Definition(Channel channel, Long expected) {}

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
    public DefineChannels(ChannelRegister register, Changes changes) {
        this.register = register;
        this.changes = changes;
    }

    /**
     * Stores channels as they are defined, and who changed what; a refused one leaves the others untouched.
     *
     * @return the outcomes in the order of the definitions
     */
    @Transactional
    public List<Outcome> define(List<Signed<Definition>> definitions) {
        Map<String, VersionedChannel> held = new HashMap<>(register.hold(definitions.stream()
                .map(definition -> definition.asked().channel().code())
                .collect(toSet())));
        List<Outcome> outcomes = new ArrayList<>(definitions.size());
        List<Change> made = new ArrayList<>();
        for (Signed<Definition> definition : definitions) {
            outcomes.add(define(definition, held, made));
        }
        changes.append(made);
        return outcomes;
    }

    private Outcome define(Signed<Definition> definition, Map<String, VersionedChannel> held, List<Change> made) {
        Channel channel = definition.asked().channel();
        Long expected = definition.asked().expected();
        VersionedChannel current = held.get(channel.code());
        if (expected != null && (current == null || current.version() != expected)) {
            return new Outdated(Optional.ofNullable(current));
        }
        Channel before = current == null ? null : current.channel();
        if (channel.equals(before)) {
            return new Defined(current, false);
        }
        VersionedChannel stored = before == null ? register.add(channel) : register.change(channel);
        held.put(channel.code(), stored);
        made.add(new Change(KIND, channel.code(), stored.version(), before, channel, definition.by()));
        return new Defined(stored, before == null);
    }
}
