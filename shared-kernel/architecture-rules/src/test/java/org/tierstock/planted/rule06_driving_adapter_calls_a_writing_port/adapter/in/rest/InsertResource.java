package org.tierstock.planted.rule06_driving_adapter_calls_a_writing_port.adapter.in.rest;

import java.util.List;
import org.tierstock.planted.clean.application.port.Orders;
import org.tierstock.planted.clean.domain.Order;

public class InsertResource {
    private final Orders orders;

    public InsertResource(Orders orders) {
        this.orders = orders;
    }

    public void insert(Order order) {
        orders.insert(List.of(order));
    }
}
