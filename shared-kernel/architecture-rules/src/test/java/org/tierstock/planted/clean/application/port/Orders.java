package org.tierstock.planted.clean.application.port;

import java.util.List;
import org.tierstock.planted.clean.domain.Order;

public interface Orders {
    void insert(List<Order> orders);
}
