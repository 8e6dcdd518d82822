package org.tierstock.dispatch.application;

/** The names of the jobs, by which use cases wake them. Each job looks for rows; the name only says that there are some. */
public final class Work {
    /** Free stock to be placed. */
    public static final String PLACE_FREE_STOCK = "place-free-stock";
    /** Outbounds that a warehouse has to lock. */
    public static final String LOCK_AT_WAREHOUSES = "lock-at-warehouses";
    /** Outbounds that a warehouse has to release. */
    public static final String RELEASE_AT_WAREHOUSES = "release-at-warehouses";
    /** Promises whose goods are missing. */
    public static final String RECALL_PROMISES = "recall-promises";
    /** Promises that the rules no longer make. */
    public static final String ALIGN_PROMISES = "align-promises";
    /** Refusals whose reason has been applied. */
    public static final String END_REFUSALS = "end-refusals";

    private Work() {}
}
