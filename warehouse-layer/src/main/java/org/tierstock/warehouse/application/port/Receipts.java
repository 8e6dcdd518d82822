package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.Map;
import org.tierstock.warehouse.domain.ReceivedGoods;

/** The receipts that were posted. Their numbers are unique. */
public interface Receipts {
    /** These receipts by number; one that was never posted is not in it. */
    Map<String, ReceivedGoods> find(Collection<String> numbers);

    /** Stores receipts that were just posted. */
    void add(Collection<ReceivedGoods> posted);
}
