package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.Map;
import org.tierstock.warehouse.domain.ShippedGoods;

/** The shipments that were posted. Their numbers are unique. */
public interface Shipments {
    /** These shipments by number; one that was never posted is not in it. */
    Map<String, ShippedGoods> find(Collection<String> numbers);

    /** Stores shipments that were just posted. */
    void add(Collection<ShippedGoods> posted);
}
