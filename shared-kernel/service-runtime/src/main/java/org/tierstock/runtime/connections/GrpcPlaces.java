package org.tierstock.runtime.connections;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many connections a gRPC server has: all together, and those from one address to a half of them, so that one
 * host keeps no other out. One more is closed before it can carry a call.
 */
final class GrpcPlaces extends ServerTransportFilter {
    /** From where a connection came that has a place. */
    private static final Attributes.Key<String> PLACE = Attributes.Key.create("org.tierstock.place");

    private final int most;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /** @param most how many */
    GrpcPlaces(int most) {
        this.most = most;
    }

    /** @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED when there is no place; the server then closes the connection */
    @Override
    public synchronized Attributes transportReady(Attributes connection) {
        String from = host(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        int ofHost = taken.getOrDefault(from, 0);
        if (all == most || ofHost >= Math.max(1, most / 2)) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("Too many connections")
                    .asRuntimeException();
        }
        all++;
        taken.put(from, ofHost + 1);
        return connection.toBuilder().set(PLACE, from).build();
    }

    @Override
    public synchronized void transportTerminated(Attributes connection) {
        String from = connection == null ? null : connection.get(PLACE);
        if (from != null) {
            all--;
            taken.computeIfPresent(from, (host, many) -> many == 1 ? null : many - 1);
        }
    }

    private static String host(SocketAddress from) {
        return from instanceof InetSocketAddress address ? address.getHostString() : String.valueOf(from);
    }
}
