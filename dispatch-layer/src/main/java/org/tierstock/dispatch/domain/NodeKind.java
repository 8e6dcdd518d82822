package org.tierstock.dispatch.domain;

/** The three modules under the central stock (S9, S17). */
public enum NodeKind {
    /** 自营仓. */
    OWN_WAREHOUSE,
    /** 自营门店. */
    OWN_STORE,
    /** 商家. */
    MERCHANT
}
