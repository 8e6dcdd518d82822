package org.tierstock.integration.load;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/**
 * The interfaces of a running platform, each through all of its replicas.
 *
 * @param platform what a channel platform uses of the sales layer
 * @param orderService the same through gRPC
 * @param wms what a warehouse system uses of the warehouse layer
 */
public record Layers(
        LayerClient sales,
        LayerClient platform,
        GrpcReplicas orderService,
        LayerClient dispatch,
        LayerClient warehouse,
        LayerClient wms,
        Traffic traffic) {

    public static Layers of(LocalPlatform running) {
        return of(running, running::urls, running.grpcAddresses(Layer.SALES));
    }

    /**
     * The interfaces at other addresses than those where the services listen.
     *
     * @param urls where a layer's replicas are reached
     * @param orderService where those of the sales layer are reached through gRPC
     */
    public static Layers of(LocalPlatform running, Function<Layer, List<URI>> urls, List<String> orderService) {
        Traffic traffic = new Traffic();
        List<URI> sales = urls.apply(Layer.SALES);
        List<URI> dispatch = urls.apply(Layer.DISPATCH);
        List<URI> warehouse = urls.apply(Layer.WAREHOUSE);
        return new Layers(
                client(running, sales, Role.OPERATOR, traffic),
                client(running, sales, Role.CHANNEL, traffic),
                new GrpcReplicas(orderService, running.token(Role.CHANNEL, Scopes.ALL)),
                client(running, dispatch, Role.OPERATOR, traffic),
                client(running, warehouse, Role.OPERATOR, traffic),
                client(running, warehouse, Role.WMS, traffic),
                traffic);
    }

    private static LayerClient client(LocalPlatform running, List<URI> replicas, Role role, Traffic traffic) {
        return new LayerClient(replicas, running.token(role, Scopes.ALL), traffic);
    }

    /** An operator of the layer. */
    public LayerClient operator(Layer layer) {
        return switch (layer) {
            case SALES -> sales;
            case DISPATCH -> dispatch;
            case WAREHOUSE -> warehouse;
        };
    }
}
