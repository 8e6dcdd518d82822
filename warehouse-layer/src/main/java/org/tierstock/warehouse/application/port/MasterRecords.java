package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.Set;
import org.tierstock.warehouse.domain.Masters;
import org.tierstock.warehouse.domain.Masters.LocationCode;
import org.tierstock.warehouse.domain.StockKey;

/** What documents need to know of master records. */
public interface MasterRecords {
    /** The warehouses, owners, articles and locations that these keys name, as far as they exist. */
    Masters of(Collection<StockKey> keys);

    /** Those of the locations that exist and are for picked goods. */
    Set<LocationCode> staging(Collection<LocationCode> locations);
}
