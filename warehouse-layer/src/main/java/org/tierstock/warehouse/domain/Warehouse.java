package org.tierstock.warehouse.domain;

import org.tierstock.movements.Code;

/** 仓库. Its code is the node's code at the dispatch layer. */
public record Warehouse(String code, String name) {
    /** The staging location that every warehouse has from its beginning. */
    public static final String STAGING = "STAGING";

    public Warehouse {
        Code.of("warehouse", code);
        Names.of("name", name);
    }
}
