package org.tierstock.planted.rule11_mutable_type.domain;

public final class Basket {
    private long units;

    public void add(long more) {
        units += more;
    }

    public long units() {
        return units;
    }
}
