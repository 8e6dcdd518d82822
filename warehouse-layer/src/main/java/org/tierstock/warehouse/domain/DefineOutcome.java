package org.tierstock.warehouse.domain;

/** The answer to a change of a master record. */
public sealed interface DefineOutcome {
    /**
     * Stored as asked.
     *
     * @param version rises by one with every change; what optimistic editing compares
     * @param created true when the record is new
     */
    record Defined(long version, boolean created) implements DefineOutcome {}

    /** Somebody changed the record, or there is none, since the caller read it. */
    record VersionDiffers() implements DefineOutcome {}

    /** There is no such warehouse. */
    record UnknownWarehouse() implements DefineOutcome {}

    /** The location exists, and what kind it is never changes. */
    record KindIsFixed(Location.Kind kind) implements DefineOutcome {}
}
