package org.tierstock.movements;

/** 最小存货单元 (S81): the unit in which stock is counted. Its code is compared exactly, case included. */
public record Sku(String code) implements Comparable<Sku> {
    public Sku {
        Code.of("sku", code);
    }

    /** The stock partition of this SKU: 0 to {@link Partitions#COUNT} - 1. It never changes. */
    public int partition() {
        return Partitions.of(code);
    }

    @Override
    public int compareTo(Sku other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
