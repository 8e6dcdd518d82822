package org.tierstock.warehouse.domain;

import org.tierstock.movements.Bucket;

/** The buckets of the warehouse layer (S45). */
public enum WarehouseBucket implements Bucket {
    /** 可用: may be picked. */
    AVAILABLE,
    /** 锁定: promised to an outbound order, at this very location and batch. */
    LOCKED,
    /** 不可用: found bad, waits for a damage report. */
    UNAVAILABLE,
    /** The world outside the warehouse. */
    EXTERNAL;

    @Override
    public boolean edge() {
        return this == EXTERNAL;
    }
}
