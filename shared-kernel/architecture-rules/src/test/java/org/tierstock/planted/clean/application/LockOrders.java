package org.tierstock.planted.clean.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.planted.clean.application.port.DispatchLocks;
import org.tierstock.planted.clean.domain.Order;

@ApplicationScoped
public class LockOrders {
    private final DispatchLocks locks;

    @Inject
    public LockOrders(DispatchLocks locks) {
        this.locks = locks;
    }

    public long lock(Order order) {
        return locks.lock(order).locked();
    }
}
