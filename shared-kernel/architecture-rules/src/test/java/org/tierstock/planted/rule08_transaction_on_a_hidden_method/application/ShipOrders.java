package org.tierstock.planted.rule08_transaction_on_a_hidden_method.application;

import jakarta.transaction.Transactional;

public class ShipOrders {
    @Transactional
    void ship() {}
}
