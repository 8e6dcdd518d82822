package org.tierstock.runtime.identity;

/** The roles that a token's {@code groups} may name. */
public final class Roles {
    /** A channel platform: places and pays orders of its channels. */
    public static final String CHANNEL = "channel";
    /** Staff: master data, rules, and what a person must decide. */
    public static final String OPERATOR = "operator";
    /** Whoever decides on what operators have proposed: adjustments. */
    public static final String APPROVER = "approver";
    /** A warehouse system: moves the stock of its warehouses. */
    public static final String WMS = "wms";
    /** Reads everything, changes nothing. */
    public static final String AUDITOR = "auditor";
    /** The sales layer of the same installation. */
    public static final String SERVICE_SALES = "service-sales";
    /** The dispatch layer of the same installation. */
    public static final String SERVICE_DISPATCH = "service-dispatch";
    /** The warehouse layer of the same installation. */
    public static final String SERVICE_WAREHOUSE = "service-warehouse";

    private static final String SERVICE = "service-";

    private Roles() {}

    /**
     * The role of a layer's service.
     *
     * @param layer sales, dispatch or warehouse
     */
    static String ofLayer(String layer) {
        return SERVICE + layer;
    }
}
