package org.tierstock.planted.rule09_remote_port_in_a_transaction.application;

import jakarta.transaction.Transactional;
import org.tierstock.planted.clean.application.port.DispatchLocks;
import org.tierstock.planted.clean.domain.Order;

public class LockAndPlace {
    private final DispatchLocks locks;

    public LockAndPlace(DispatchLocks locks) {
        this.locks = locks;
    }

    @Transactional
    public void lock(Order order) {
        locks.lock(order);
    }
}
