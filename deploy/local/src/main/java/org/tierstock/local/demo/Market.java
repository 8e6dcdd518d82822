package org.tierstock.local.demo;

import java.util.List;

/** The master data of a scenario: what exists before the first delivery. */
record Market(
        List<Region> regions,
        List<String> owners,
        List<Node> nodes,
        List<Channel> channels,
        List<AllotmentRule> rules,
        List<Product> products) {

    /** The location of every warehouse where picked goods wait for their parcel. */
    static final String STAGING = "PACKING";

    /** The virtual warehouse of all goods: neither dataset tells several apart. */
    static final String VIRTUAL_WAREHOUSE = "MAIN";

    /** How every order travels: neither dataset tells. */
    static final String DELIVERY_METHOD = "PARCEL";

    enum NodeKind {
        OWN_WAREHOUSE,
        OWN_STORE,
        MERCHANT
    }

    enum DeductionMode {
        ORDER_TIME,
        PRE_HOLD,
        PAYMENT_TIME
    }

    record Region(String code, String name) {}

    /** A node and the warehouse of the same code; a lower priority number is asked first. */
    record Node(
            String code,
            String name,
            NodeKind kind,
            String owner,
            List<String> regions,
            int priority,
            List<String> locations) {}

    record Channel(String code, String name, String stockSource, DeductionMode mode, int holdSeconds) {}

    /** A ratio rule: how goods that reach these nodes are divided between the stock sources and regions. */
    record AllotmentRule(String code, int priority, List<String> nodes, List<Share> shares) {}

    record Share(String stockSource, String shipRegion, int weight) {}

    record Product(String sku, String name, int unitsPerCase) {}
}
