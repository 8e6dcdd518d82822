package org.tierstock.warehouse.application.port;

import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.QueryPort;
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.Warehouse;

/** Master records to look at. Lists are in the order of their codes, beginning after the given one. */
@QueryPort
public interface MasterQueries {
    /** The warehouse of that code. */
    Optional<Versioned<Warehouse>> warehouse(String code);

    /** At most so many warehouses. */
    List<Versioned<Warehouse>> warehouses(String after, int limit);

    /** The owner of that code. */
    Optional<Versioned<Owner>> owner(String code);

    /** At most so many owners. */
    List<Versioned<Owner>> owners(String after, int limit);

    /** The article of that SKU. */
    Optional<Versioned<Article>> article(String sku);

    /** At most so many articles. */
    List<Versioned<Article>> articles(String after, int limit);

    /** The location of that code in a warehouse. */
    Optional<Location> location(String warehouse, String code);

    /** At most so many locations of a warehouse. */
    List<Location> locations(String warehouse, String after, int limit);
}
