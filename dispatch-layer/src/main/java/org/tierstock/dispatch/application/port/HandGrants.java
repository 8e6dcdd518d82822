package org.tierstock.dispatch.application.port;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;

/** Grants that a person made. */
public interface HandGrants {
    /**
     * A grant made by a person.
     *
     * @param number the person's own number
     * @param grant the number of the message that told sales
     */
    record HandGrant(String number, String grant, Cell cell, ChannelKey key, long quantity) {}

    /** Stores a new one. */
    void insert(HandGrant grant);

    /** The one of that number. */
    Optional<HandGrant> find(String number);

    /** The keys of these SKUs that a person has ever granted stock to: no rule need name them. */
    Set<ChannelKey> keys(Collection<Sku> skus);
}
