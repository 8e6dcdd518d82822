package org.tierstock.planted.rule10_port_that_nobody_fulfils.application.port;

public interface Couriers {
    void call();
}
