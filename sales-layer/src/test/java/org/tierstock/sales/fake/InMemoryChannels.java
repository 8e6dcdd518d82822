package org.tierstock.sales.fake;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tierstock.sales.application.port.ChannelRegister;
import org.tierstock.sales.application.port.Channels;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;

/** Channels in memory. Master data: changed by tests outside transactions, and never rolled back. */
public final class InMemoryChannels implements Channels, ChannelRegister {
    private final Map<String, VersionedChannel> channels = new LinkedHashMap<>();

    public InMemoryChannels(Channel... channels) {
        List.of(channels).forEach(this::add);
    }

    @Override
    public Map<String, Channel> find(Set<String> codes) {
        return channels.values().stream()
                .map(VersionedChannel::channel)
                .filter(channel -> codes.contains(channel.code()))
                .collect(toMap(Channel::code, Function.identity()));
    }

    @Override
    public Map<String, VersionedChannel> hold(Set<String> codes) {
        Map<String, VersionedChannel> held = new HashMap<>(channels);
        held.keySet().retainAll(codes);
        return held;
    }

    @Override
    public VersionedChannel add(Channel channel) {
        VersionedChannel added = new VersionedChannel(channel, 1);
        channels.put(channel.code(), added);
        return added;
    }

    @Override
    public VersionedChannel change(Channel channel) {
        VersionedChannel changed =
                new VersionedChannel(channel, channels.get(channel.code()).version() + 1);
        channels.put(channel.code(), changed);
        return changed;
    }
}
