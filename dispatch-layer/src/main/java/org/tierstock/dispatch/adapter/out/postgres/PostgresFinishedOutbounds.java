package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.dispatch.application.port.OutboundPositions;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.purge.FinishedCalls;

/** Up to which number the outbounds of each warehouse are answered, empty and without an open request (protocol 11.7). */
@ApplicationScoped
class PostgresFinishedOutbounds implements FinishedCalls {
    private static final int PARTITION = 0;

    private final OutboundPositions positions;
    private final Outbounds outbounds;

    @Inject
    PostgresFinishedOutbounds(OutboundPositions positions, Outbounds outbounds) {
        this.positions = positions;
        this.outbounds = outbounds;
    }

    @Override
    public List<StreamPosition> finished() {
        return outbounds.low(positions.warehouses()).entrySet().stream()
                .filter(low -> low.getValue() > 0)
                .map(low -> new StreamPosition(Streams.outboundsOf(low.getKey()), PARTITION, low.getValue()))
                .sorted()
                .toList();
    }
}
