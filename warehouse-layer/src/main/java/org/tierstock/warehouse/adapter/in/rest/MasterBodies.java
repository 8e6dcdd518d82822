package org.tierstock.warehouse.adapter.in.rest;

import java.util.List;
import java.util.OptionalLong;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.problem.ProblemDocument;
import org.tierstock.warehouse.application.DefineMasters.Definition;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.Warehouse;

/** The JSON of master records. */
final class MasterBodies {
    private MasterBodies() {}

    /** A warehouse as it shall be; without a name it is called by its code. */
    record WarehouseRequest(String name) {
        Definition definition(String code, OptionalLong expected) {
            return new Definition.OfWarehouse(new Warehouse(code, name == null ? code : name), expected);
        }
    }

    record WarehouseBody(String code, String name) {
        static WarehouseBody of(Versioned<Warehouse> stored) {
            return new WarehouseBody(stored.master().code(), stored.master().name());
        }
    }

    /** An owner as it shall be; without a name it is called by its code. */
    record OwnerRequest(String name) {
        Definition definition(String code, OptionalLong expected) {
            return new Definition.OfOwner(new Owner(code, name == null ? code : name), expected);
        }
    }

    record OwnerBody(String code, String name) {
        static OwnerBody of(Versioned<Owner> stored) {
            return new OwnerBody(stored.master().code(), stored.master().name());
        }
    }

    /**
     * A SKU as it shall be; without a name it is called by its code.
     *
     * @param unitsPerCase how many units a purchased case holds; null for 1
     * @param shelfLifeDays from receipt to expiry when a receipt names no date; null when the goods do not expire
     */
    record SkuRequest(String name, Integer unitsPerCase, Integer shelfLifeDays) {
        Definition definition(String code, OptionalLong expected) {
            return new Definition.OfArticle(
                    new Article(
                            new Sku(code),
                            name == null ? code : name,
                            unitsPerCase == null ? 1 : unitsPerCase,
                            shelfLifeDays),
                    expected);
        }
    }

    /** One of many SKUs, as {@link SkuRequest} has it. */
    record SkuOfBatch(String code, String name, Integer unitsPerCase, Integer shelfLifeDays) {
        Definition definition() {
            return new SkuRequest(name, unitsPerCase, shelfLifeDays).definition(code, OptionalLong.empty());
        }
    }

    record SkuBatch(List<SkuOfBatch> skus) {}

    record SkuBody(String code, String name, int unitsPerCase, Integer shelfLifeDays) {
        static SkuBody of(Versioned<Article> stored) {
            Article article = stored.master();
            return new SkuBody(article.sku().code(), article.name(), article.unitsPerCase(), article.shelfLifeDays());
        }
    }

    record LocationRequest(Location.Kind kind) {
        Definition definition(String warehouse, String code) {
            return new Definition.OfLocation(new Location(warehouse, code, Bodies.present("kind", kind)));
        }
    }

    /** One of many locations of the warehouse in the path. */
    record LocationOfBatch(String code, Location.Kind kind) {
        Definition definition(String warehouse) {
            return new LocationRequest(kind).definition(warehouse, code);
        }
    }

    record LocationBatch(List<LocationOfBatch> locations) {}

    record LocationBody(String code, Location.Kind kind) {
        static LocationBody of(Location location) {
            return new LocationBody(location.code(), location.kind());
        }
    }

    /** One record's result in a batch. A problem is given when the record was not stored. */
    record MasterResult(int status, String code, ProblemDocument problem) {}

    record MasterResults(List<MasterResult> results) {}
}
