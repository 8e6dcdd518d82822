package org.tierstock.planted.rule09_remote_port_behind_another_use_case.application;

import jakarta.transaction.Transactional;
import org.tierstock.planted.clean.application.LockOrders;
import org.tierstock.planted.clean.domain.Order;

public class PlaceThenLock {
    private final LockOrders lockOrders;

    public PlaceThenLock(LockOrders lockOrders) {
        this.lockOrders = lockOrders;
    }

    @Transactional
    public void lock(Order order) {
        lockOrders.lock(order);
    }
}
