package org.tierstock.warehouse.domain;

import org.tierstock.movements.Code;

/** 货主: whose goods they are. */
public record Owner(String code, String name) {
    public Owner {
        Code.of("owner", code);
        Names.of("name", name);
    }
}
