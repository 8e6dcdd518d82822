package org.tierstock.planted.clean.adapter.in.amqp;

import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.tierstock.planted.clean.application.PlaceOrders;
import org.tierstock.planted.clean.domain.Order;

public class OrderConsumer {
    private final PlaceOrders placeOrders;

    public OrderConsumer(PlaceOrders placeOrders) {
        this.placeOrders = placeOrders;
    }

    public void consume(Message<Order> message) {
        placeOrders.place(List.of(message.getPayload()));
    }
}
