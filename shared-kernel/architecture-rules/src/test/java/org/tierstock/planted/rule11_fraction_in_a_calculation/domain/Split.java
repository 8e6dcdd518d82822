package org.tierstock.planted.rule11_fraction_in_a_calculation.domain;

public record Split(long units) {
    public long third() {
        return Math.round(units / 3.0);
    }
}
