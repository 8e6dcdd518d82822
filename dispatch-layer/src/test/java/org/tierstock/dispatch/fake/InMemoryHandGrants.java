package org.tierstock.dispatch.fake;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tierstock.dispatch.application.port.HandGrants;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** Grants by hand without a database. */
public final class InMemoryHandGrants implements HandGrants {
    private final Map<String, HandGrant> grants;

    public InMemoryHandGrants(InMemoryTransactions transactions) {
        this.grants = new InMemoryTable<>(transactions);
    }

    @Override
    public void insert(HandGrant grant) {
        grants.put(grant.number(), grant);
    }

    @Override
    public Optional<HandGrant> find(String number) {
        return Optional.ofNullable(grants.get(number));
    }

    @Override
    public Set<ChannelKey> keys(Collection<Sku> skus) {
        Set<ChannelKey> keys = new HashSet<>();
        grants.values().stream()
                .map(HandGrant::key)
                .filter(key -> skus.contains(key.sku()))
                .forEach(keys::add);
        return keys;
    }
}
