package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.Map;
import org.tierstock.warehouse.domain.CountedStock;

/** The stocktakes that were posted. Their numbers are unique. */
public interface Stocktakes {
    /** These stocktakes by number; one that was never posted is not in it. */
    Map<String, CountedStock> find(Collection<String> numbers);

    /** Stores stocktakes that were just posted. */
    void add(Collection<CountedStock> posted);
}
