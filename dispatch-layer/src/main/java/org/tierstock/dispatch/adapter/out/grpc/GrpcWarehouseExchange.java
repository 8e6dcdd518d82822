package org.tierstock.dispatch.adapter.out.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.history.PeerEpochs;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.purge.PeerExchange;
import org.tierstock.runtime.purge.Releases;
import org.tierstock.warehouse.v1.ExchangePositionsRequest;
import org.tierstock.warehouse.v1.ExchangePositionsResponse;
import org.tierstock.warehouse.v1.ReconciliationServiceGrpc;

/** Tells the warehouses what dispatch needs no longer, outbounds included, and hears the same of them (protocol 11.7). */
@ApplicationScoped
public class GrpcWarehouseExchange implements PeerExchange {
    private static final String WAREHOUSE = "warehouse";

    private final WarehouseChannels channels;
    private final Installation installation;
    private final Releases releases;
    private final PeerEpochs peerEpochs;
    private final RefusedCalls refusedCalls;
    private final Duration deadline;

    @Inject
    public GrpcWarehouseExchange(
            WarehouseChannels channels,
            Installation installation,
            Releases releases,
            PeerEpochs peerEpochs,
            RefusedCalls refusedCalls,
            @ConfigProperty(name = "tierstock.purge.deadline", defaultValue = "60s") Duration deadline) {
        this.channels = channels;
        this.installation = installation;
        this.releases = releases;
        this.peerEpochs = peerEpochs;
        this.refusedCalls = refusedCalls;
        this.deadline = deadline;
    }

    @Override
    public void exchange() {
        ExchangePositionsRequest.Builder request =
                ExchangePositionsRequest.newBuilder().setEnvelope(Protos.envelope(installation));
        releases.told(stream -> Streams.isFromWarehouse(stream) || Streams.isOutbounds(stream))
                .forEach(position -> request.addReleased(Protos.of(position)));
        ExchangePositionsResponse told = ReconciliationServiceGrpc.newBlockingStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exchangePositions(request.build());
        peerEpochs.requireCurrent(WAREHOUSE, told.getEnvelope());
        List<StreamPosition> released =
                told.getReleasedList().stream().map(Protos::of).toList();
        if (!released.stream().allMatch(position -> Streams.isFromWarehouse(position.stream()))) {
            throw new InvalidValue("released", "must be of the warehouses' streams");
        }
        refusedCalls.numbersRefused(WAREHOUSE, releases.heard(released, List.of()));
    }
}
