package org.tierstock.integration.load;

import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/**
 * The interfaces of a running platform, each through all of its replicas.
 *
 * @param platform what a channel platform uses of the sales layer
 * @param wms what a warehouse system uses of the warehouse layer
 */
public record Layers(
        LayerClient sales,
        LayerClient platform,
        LayerClient dispatch,
        LayerClient warehouse,
        LayerClient wms,
        Traffic traffic) {

    public static Layers of(LocalPlatform running) {
        Traffic traffic = new Traffic();
        return new Layers(
                client(running, Layer.SALES, Role.OPERATOR, traffic),
                client(running, Layer.SALES, Role.CHANNEL, traffic),
                client(running, Layer.DISPATCH, Role.OPERATOR, traffic),
                client(running, Layer.WAREHOUSE, Role.OPERATOR, traffic),
                client(running, Layer.WAREHOUSE, Role.WMS, traffic),
                traffic);
    }

    private static LayerClient client(LocalPlatform running, Layer layer, Role role, Traffic traffic) {
        return new LayerClient(running.urls(layer), running.token(role, Scopes.ALL), traffic);
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
