package org.tierstock.local;

import java.util.Set;

/** The channels, warehouses and owners that the bearer of a token may see and move. An empty set is none of them. */
public record Scopes(Set<String> channels, Set<String> warehouses, Set<String> owners) {

    private static final Set<String> EVERY = Set.of("*");

    public static final Scopes NONE = new Scopes(Set.of(), Set.of(), Set.of());
    public static final Scopes ALL = new Scopes(EVERY, EVERY, EVERY);

    public Scopes {
        channels = Set.copyOf(channels);
        warehouses = Set.copyOf(warehouses);
        owners = Set.copyOf(owners);
    }

    public static Scopes ofChannels(String... channels) {
        return new Scopes(Set.of(channels), Set.of(), Set.of());
    }

    /** These warehouses, whoever owns the goods in them. */
    public static Scopes ofWarehouses(String... warehouses) {
        return new Scopes(Set.of(), Set.of(warehouses), EVERY);
    }

    public Scopes withOwners(String... owners) {
        return new Scopes(channels, warehouses, Set.of(owners));
    }
}
