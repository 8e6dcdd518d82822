package org.tierstock.warehouse.domain;

import java.util.Objects;
import org.tierstock.movements.Code;

/** 库位: a place in a warehouse. What kind it is never changes, since goods at staging are bound to their shipment. */
public record Location(String warehouse, String code, Kind kind) {
    /** What a location is for. */
    public enum Kind {
        /** Goods are kept here and may be promised. */
        STORAGE,
        /** Picked goods wait here for their shipment; nothing here is AVAILABLE. */
        STAGING
    }

    public Location {
        Code.of("warehouse", warehouse);
        Code.of("location", code);
        Objects.requireNonNull(kind, "kind");
    }
}
