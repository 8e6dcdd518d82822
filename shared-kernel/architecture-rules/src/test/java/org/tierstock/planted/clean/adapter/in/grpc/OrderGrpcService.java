package org.tierstock.planted.clean.adapter.in.grpc;

import io.grpc.Status;
import java.util.List;
import org.tierstock.planted.clean.application.PlaceOrders;

public class OrderGrpcService {
    private final PlaceOrders placeOrders;

    public OrderGrpcService(PlaceOrders placeOrders) {
        this.placeOrders = placeOrders;
    }

    public Status place() {
        return placeOrders.place(List.of()).isEmpty() ? Status.OK : Status.INTERNAL;
    }
}
