package org.tierstock.integration.fuzz;

import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import java.util.Map;
import org.tierstock.local.Layer;

/** The files of the protos that have services. */
public final class Protos {
    /** What channels call; everything else is called by layers. */
    static final FileDescriptor ORDERS =
            org.tierstock.sales.v1.PlaceRequest.getDescriptor().getFile();

    private static final FileDescriptor HISTORIES =
            org.tierstock.protocol.v1.MeetRequest.getDescriptor().getFile();

    /** By the layer that serves them. */
    public static final Map<Layer, List<FileDescriptor>> SERVED = Map.of(
            Layer.SALES,
            List.of(ORDERS, HISTORIES),
            Layer.DISPATCH,
            List.of(
                    org.tierstock.dispatch.v1.HandOverRequest.getDescriptor().getFile(),
                    org.tierstock.dispatch.v1.PositionsRequest.getDescriptor().getFile(),
                    HISTORIES),
            Layer.WAREHOUSE,
            List.of(
                    org.tierstock.warehouse.v1.LockStockRequest.getDescriptor().getFile(),
                    org.tierstock.warehouse.v1.PositionsRequest.getDescriptor().getFile(),
                    HISTORIES));

    private Protos() {}
}
