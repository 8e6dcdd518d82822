package org.tierstock.benchmark;

import io.quarkus.grpc.GrpcService;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.tierstock.benchmark.v1.NaiveOrderService;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.sales.v1.PlaceBatchRequest;
import org.tierstock.sales.v1.PlaceBatchResponse;
import org.tierstock.sales.v1.PlaceRequest;
import org.tierstock.sales.v1.PlaceResponse;

/**
 * The naive transaction through gRPC, a virtual thread an order, behind the same gate as the sales layer's service.
 *
 * <p>The threads are started here and not by {@code @RunOnVirtualThread}: under load Quarkus then sometimes passes a call's
 * half-close on before its message, and the call fails.
 */
@GrpcService
public class NaiveOrderGrpcService implements NaiveOrderService {
    private final NaiveOrders orders;
    private final ExecutorService virtualThreads;

    @Inject
    public NaiveOrderGrpcService(NaiveOrders orders, @VirtualThreads ExecutorService virtualThreads) {
        this.orders = orders;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public Uni<PlaceResponse> place(PlaceRequest order) {
        return checked(order, () -> orders.place(order));
    }

    @Override
    public Uni<PlaceBatchResponse> placeBatch(PlaceBatchRequest batch) {
        List<Uni<PlaceResponse>> outcomes =
                batch.getOrdersList().stream().map(this::place).toList();
        return Uni.join()
                .all(outcomes)
                .andFailFast()
                .map(all -> PlaceBatchResponse.newBuilder().addAllOutcomes(all).build());
    }

    @Override
    public Uni<PlaceResponse> placeInOneStatement(PlaceRequest order) {
        return checked(order, () -> orders.placeInOneStatement(order));
    }

    @Override
    public Uni<PlaceResponse> glance(PlaceRequest order) {
        return checked(order, () -> orders.glance(order));
    }

    private Uni<PlaceResponse> checked(PlaceRequest order, Callable<PlaceResponse> transaction) {
        Caller.current().needsChannel(order.getChannel());
        return Uni.createFrom().item(() -> call(transaction)).runSubscriptionOn(virtualThreads);
    }

    private static PlaceResponse call(Callable<PlaceResponse> transaction) {
        try {
            return transaction.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
