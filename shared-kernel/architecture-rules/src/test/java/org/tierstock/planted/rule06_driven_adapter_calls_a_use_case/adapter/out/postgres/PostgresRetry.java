package org.tierstock.planted.rule06_driven_adapter_calls_a_use_case.adapter.out.postgres;

import java.util.List;
import org.tierstock.planted.clean.application.PlaceOrders;

public class PostgresRetry {
    public void retry(PlaceOrders placeOrders) {
        placeOrders.place(List.of());
    }
}
