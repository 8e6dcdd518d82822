package org.tierstock.sales.fake;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.tierstock.sales.application.port.ChannelRegister;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** Channels as master data, in memory. */
public final class InMemoryChannelRegister implements ChannelRegister {
    private final Map<String, VersionedChannel> rows;

    public InMemoryChannelRegister(InMemoryTransactions transactions) {
        rows = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, VersionedChannel> hold(Set<String> codes) {
        Map<String, VersionedChannel> held = new HashMap<>(rows);
        held.keySet().retainAll(codes);
        return held;
    }

    @Override
    public VersionedChannel add(Channel channel) {
        return store(channel, 1);
    }

    @Override
    public VersionedChannel change(Channel channel) {
        return store(channel, rows.get(channel.code()).version() + 1);
    }

    private VersionedChannel store(Channel channel, long version) {
        VersionedChannel stored = new VersionedChannel(channel, version);
        rows.put(channel.code(), stored);
        return stored;
    }
}
