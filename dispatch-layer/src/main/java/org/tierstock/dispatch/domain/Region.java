package org.tierstock.dispatch.domain;

import org.tierstock.movements.Code;

/** A ship region (发货区域): where an order goes to, and what nodes serve. */
public record Region(String code, String name) {
    public Region {
        Code.of("code", code);
        Code.opaque("name", name);
    }
}
