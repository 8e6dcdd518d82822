package org.tierstock.planted.clean.application.port;

import org.tierstock.planted.clean.domain.Order;

public interface DispatchLocks {
    Answer lock(Order order);

    record Answer(long locked) {}
}
