package org.tierstock.movements;

import java.nio.charset.StandardCharsets;

/**
 * The stock partition of a SKU: FNV-1a over its UTF-8 bytes, modulo a constant of the installation.
 *
 * <p>All layers must agree and the answer must never change, since sequence numbers are counted per partition.
 */
public final class Partitions {
    /** How many partitions there are. */
    public static final int COUNT = 16;

    private Partitions() {}

    /** The partition of a SKU code, 0 to {@link #COUNT} - 1. */
    public static int of(String skuCode) {
        int hash = 0x811c9dc5;
        for (byte b : skuCode.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return Integer.remainderUnsigned(hash, COUNT);
    }
}
