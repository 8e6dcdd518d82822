package org.tierstock.planted.clean.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.tierstock.planted.clean.application.port.Orders;
import org.tierstock.planted.clean.domain.Order;
import org.tierstock.planted.clean.domain.Placed;
import org.tierstock.planted.runtime.exchange.Outbox;

@ApplicationScoped
public class PlaceOrders {
    private final Orders orders;
    private final Outbox outbox;

    @Inject
    public PlaceOrders(Orders orders, Outbox outbox) {
        this.orders = orders;
        this.outbox = outbox;
    }

    @Transactional
    public List<Placed> place(List<Order> asked) {
        orders.insert(asked);
        asked.forEach(order -> outbox.append(order.units()));
        return asked.stream().<Placed>map(Placed.Accepted::new).toList();
    }
}
