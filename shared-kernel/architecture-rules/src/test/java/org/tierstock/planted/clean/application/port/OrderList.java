package org.tierstock.planted.clean.application.port;

import java.util.List;
import org.tierstock.planted.clean.domain.Order;
import org.tierstock.planted.runtime.QueryPort;

@QueryPort
public interface OrderList {
    List<Order> all();
}
