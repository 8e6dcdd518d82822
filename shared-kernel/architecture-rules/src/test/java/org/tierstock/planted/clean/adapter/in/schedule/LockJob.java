package org.tierstock.planted.clean.adapter.in.schedule;

import org.tierstock.planted.clean.application.LockOrders;
import org.tierstock.planted.clean.domain.Order;

public class LockJob {
    private final LockOrders lockOrders;

    public LockJob(LockOrders lockOrders) {
        this.lockOrders = lockOrders;
    }

    public void run(Order order) {
        lockOrders.lock(order);
    }
}
