package org.tierstock.planted.rule04_port_knows_a_use_case.application.port;

import org.tierstock.planted.rule04_port_knows_a_use_case.application.CloseOrders;
import org.tierstock.planted.runtime.QueryPort;

@QueryPort
public interface Checkouts {
    CloseOrders useCase();
}
