package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.Map;
import org.tierstock.warehouse.domain.PickedGoods;

/** The picks that were posted. Their numbers are unique. */
public interface Picks {
    /** These picks by number; one that was never posted is not in it. */
    Map<String, PickedGoods> find(Collection<String> numbers);

    /** Stores picks that were just posted. */
    void add(Collection<PickedGoods> posted);
}
