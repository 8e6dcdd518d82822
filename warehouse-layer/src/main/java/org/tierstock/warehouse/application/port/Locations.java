package org.tierstock.warehouse.application.port;

import java.util.Optional;
import org.tierstock.warehouse.domain.Location;

/** The locations of the warehouses. They are added and never changed. */
public interface Locations {
    /** The location of that code in a warehouse. */
    Optional<Location> find(String warehouse, String code);

    /** Stores a new location. When somebody else stored its code meanwhile, the transaction fails and may be run again. */
    void add(Location location);
}
