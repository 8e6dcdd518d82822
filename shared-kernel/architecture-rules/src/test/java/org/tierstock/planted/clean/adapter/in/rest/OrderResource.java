package org.tierstock.planted.clean.adapter.in.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.tierstock.planted.clean.application.PlaceOrders;
import org.tierstock.planted.clean.application.port.OrderList;
import org.tierstock.planted.clean.domain.Order;

@Path("/orders")
public class OrderResource {
    private final PlaceOrders placeOrders;
    private final OrderList list;

    public OrderResource(PlaceOrders placeOrders, OrderList list) {
        this.placeOrders = placeOrders;
        this.list = list;
    }

    @GET
    public List<Order> orders() {
        placeOrders.place(List.of());
        return list.all();
    }
}
