package org.tierstock.planted.rule09_carrier_in_a_transaction.application;

import jakarta.transaction.Transactional;
import org.tierstock.planted.runtime.exchange.Carrier;

public class CarryOrders {
    @Transactional
    public void carry(Carrier carrier) {
        carrier.carry();
    }
}
