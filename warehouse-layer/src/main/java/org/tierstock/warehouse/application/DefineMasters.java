package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.changes.Signed;
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

    /**
     * One edit.
     *
     * @param made where it is noted when it changes something
     */
    private record Edit(Actor by, List<Change> made) {
        void note(String kind, String code, long version, Object before, Object after) {
            made.add(new Change(kind, code, version, before, after, by));
        }
    }

    private final Warehouses warehouses;
    private final Owners owners;
    private final Articles articles;
    private final Locations locations;
    private final Changes changes;

    @Inject
    public DefineMasters(
            Warehouses warehouses, Owners owners, Articles articles, Locations locations, Changes changes) {
        this.warehouses = warehouses;
        this.owners = owners;
        this.articles = articles;
        this.locations = locations;
        this.changes = changes;
    }

    /**
     * Stores records as they are defined, and who changed what; a refused one leaves the others untouched. A new warehouse
     * gets its staging location with it.
     *
     * @return the outcomes in the order of the definitions
     */
    @Transactional
    public List<DefineOutcome> define(List<Signed<Definition>> definitions) {
        List<DefineOutcome> outcomes = new ArrayList<>(definitions.size());
        List<Change> made = new ArrayList<>();
        for (Signed<Definition> definition : definitions) {
            Edit edit = new Edit(definition.by(), made);
            outcomes.add(
                    switch (definition.asked()) {
                        case Definition.OfWarehouse(Warehouse warehouse, OptionalLong expected) ->
                            define(warehouse, expected, edit);
                        case Definition.OfOwner(Owner owner, OptionalLong expected) ->
                            define("OWNER", owners, owner.code(), owner, expected, edit);
                        case Definition.OfArticle(Article article, OptionalLong expected) ->
                            define("SKU", articles, article.sku().code(), article, expected, edit);
                        case Definition.OfLocation(Location location) -> define(location, edit);
                    });
        }
        changes.append(made);
        return outcomes;
    }

    private DefineOutcome define(Warehouse warehouse, OptionalLong expected, Edit edit) {
        DefineOutcome outcome = define("WAREHOUSE", warehouses, warehouse.code(), warehouse, expected, edit);
        if (outcome instanceof DefineOutcome.Defined defined && defined.created()) {
            add(new Location(warehouse.code(), Warehouse.STAGING, Location.Kind.STAGING), edit);
        }
        return outcome;
    }

    private void add(Location location, Edit edit) {
        locations.add(location);
        edit.note("LOCATION", location.warehouse() + '/' + location.code(), 1, null, location);
    }

    private DefineOutcome define(Location location, Edit edit) {
        if (warehouses.hold(location.warehouse()).isEmpty()) {
            return new DefineOutcome.UnknownWarehouse();
        }
        Optional<Location> known = locations.find(location.warehouse(), location.code());
        if (known.isEmpty()) {
            add(location, edit);
            return new DefineOutcome.Defined(1, true);
        }
        return known.get().kind() == location.kind()
                ? new DefineOutcome.Defined(1, false)
                : new DefineOutcome.KindIsFixed(known.get().kind());
    }

    private static <T> DefineOutcome define(
            String kind, MasterRegister<T> register, String code, T master, OptionalLong expected, Edit edit) {
        Optional<Versioned<T>> held = register.hold(code);
        if (expected.isPresent() && (held.isEmpty() || held.get().version() != expected.getAsLong())) {
            return new DefineOutcome.VersionDiffers();
        }
        T before = held.map(Versioned::master).orElse(null);
        if (master.equals(before)) {
            return new DefineOutcome.Defined(held.get().version(), false);
        }
        long version = (before == null ? register.add(master) : register.change(master)).version();
        edit.note(kind, code, version, before, master);
        return new DefineOutcome.Defined(version, before == null);
    }
}
