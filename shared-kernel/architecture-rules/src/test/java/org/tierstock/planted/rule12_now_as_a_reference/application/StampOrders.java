package org.tierstock.planted.rule12_now_as_a_reference.application;

import java.time.Instant;
import java.util.function.Supplier;

public class StampOrders {
    public Supplier<Instant> stamp() {
        return Instant::now;
    }
}
