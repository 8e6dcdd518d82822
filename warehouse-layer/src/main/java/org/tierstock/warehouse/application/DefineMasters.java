package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tierstock.warehouse.application.port.Articles;
import org.tierstock.warehouse.application.port.Locations;
import org.tierstock.warehouse.application.port.MasterRegister;
import org.tierstock.warehouse.application.port.Owners;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.application.port.Warehouses;
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.DefineOutcome;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.Warehouse;

/** Creates and changes master records. */
@ApplicationScoped
public class DefineMasters {
    /** One record as it shall be. */
    public sealed interface Definition {
        /**
         * A warehouse.
         *
         * @param expected the version that the caller has seen; empty to overwrite whatever is there
         */
        record OfWarehouse(Warehouse warehouse, OptionalLong expected) implements Definition {}

        /**
         * An owner.
         *
         * @param expected the version that the caller has seen; empty to overwrite whatever is there
         */
        record OfOwner(Owner owner, OptionalLong expected) implements Definition {}

        /**
         * An article.
         *
         * @param expected the version that the caller has seen; empty to overwrite whatever is there
         */
        record OfArticle(Article article, OptionalLong expected) implements Definition {}

        /** A location, which is created or as it is already. */
        record OfLocation(Location location) implements Definition {}
    }

    private final Warehouses warehouses;
    private final Owners owners;
    private final Articles articles;
    private final Locations locations;

    @Inject
    public DefineMasters(Warehouses warehouses, Owners owners, Articles articles, Locations locations) {
        this.warehouses = warehouses;
        this.owners = owners;
        this.articles = articles;
        this.locations = locations;
    }

    /**
     * Stores records as they are defined; a refused one leaves the others untouched. A new warehouse gets its staging
     * location with it.
     *
     * @return the outcomes in the order of the definitions
     */
    @Transactional
    public List<DefineOutcome> define(List<Definition> definitions) {
        List<DefineOutcome> outcomes = new ArrayList<>(definitions.size());
        for (Definition definition : definitions) {
            outcomes.add(
                    switch (definition) {
                        case Definition.OfWarehouse(Warehouse warehouse, OptionalLong expected) ->
                            define(warehouse, expected);
                        case Definition.OfOwner(Owner owner, OptionalLong expected) ->
                            define(owners, owner.code(), owner, expected);
                        case Definition.OfArticle(Article article, OptionalLong expected) ->
                            define(articles, article.sku().code(), article, expected);
                        case Definition.OfLocation(Location location) -> define(location);
                    });
        }
        return outcomes;
    }

    private DefineOutcome define(Warehouse warehouse, OptionalLong expected) {
        DefineOutcome outcome = define(warehouses, warehouse.code(), warehouse, expected);
        if (outcome instanceof DefineOutcome.Defined defined && defined.created()) {
            locations.add(new Location(warehouse.code(), Warehouse.STAGING, Location.Kind.STAGING));
        }
        return outcome;
    }

    private DefineOutcome define(Location location) {
        if (warehouses.hold(location.warehouse()).isEmpty()) {
            return new DefineOutcome.UnknownWarehouse();
        }
        Optional<Location> known = locations.find(location.warehouse(), location.code());
        if (known.isEmpty()) {
            locations.add(location);
            return new DefineOutcome.Defined(1, true);
        }
        return known.get().kind() == location.kind()
                ? new DefineOutcome.Defined(1, false)
                : new DefineOutcome.KindIsFixed(known.get().kind());
    }

    private static <T> DefineOutcome define(MasterRegister<T> register, String code, T master, OptionalLong expected) {
        Optional<Versioned<T>> held = register.hold(code);
        if (expected.isPresent() && (held.isEmpty() || held.get().version() != expected.getAsLong())) {
            return new DefineOutcome.VersionDiffers();
        }
        if (held.isEmpty()) {
            return new DefineOutcome.Defined(register.add(master).version(), true);
        }
        return held.get().master().equals(master)
                ? new DefineOutcome.Defined(held.get().version(), false)
                : new DefineOutcome.Defined(register.change(master).version(), false);
    }
}
