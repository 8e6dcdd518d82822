package org.tierstock.planted.rule05_adapter_knows_an_adapter.adapter.in.rest;

import org.tierstock.planted.clean.adapter.out.postgres.PostgresOrders;

public class ShortcutResource {
    private final PostgresOrders orders;

    public ShortcutResource(PostgresOrders orders) {
        this.orders = orders;
    }

    public int count() {
        return orders.all().size();
    }
}
