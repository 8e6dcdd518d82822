package org.tierstock.sales.adapter.out.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.v1.ExchangePositionsRequest;
import org.tierstock.dispatch.v1.ExchangePositionsResponse;
import org.tierstock.dispatch.v1.ReconciliationServiceGrpc;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.history.PeerEpochs;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.purge.PeerExchange;
import org.tierstock.runtime.purge.Releases;

/** Tells dispatch what sales needs no longer, and hears the same of it (protocol 11.7). */
@ApplicationScoped
public class GrpcDispatchExchange implements PeerExchange {
    private static final List<String> STREAMS = List.of(Streams.DISPATCH_TO_SALES, Streams.SALES_TO_DISPATCH);
    private static final String DISPATCH = "dispatch";

    private final DispatchChannels channels;
    private final Installation installation;
    private final Releases releases;
    private final PeerEpochs peerEpochs;
    private final RefusedCalls refusedCalls;
    private final Duration deadline;

    @Inject
    public GrpcDispatchExchange(
            DispatchChannels channels,
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
        releases.told(STREAMS::contains).forEach(position -> request.addReleased(Protos.of(position)));
        ExchangePositionsResponse told = ReconciliationServiceGrpc.newBlockingStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .exchangePositions(request.build());
        peerEpochs.requireCurrent(DISPATCH, told.getEnvelope());
        refusedCalls.numbersRefused(
                DISPATCH, releases.heard(positions(told.getReleasedList()), positions(told.getHeadsList())));
    }

    private static List<StreamPosition> positions(List<org.tierstock.protocol.v1.StreamPosition> told) {
        List<StreamPosition> positions = told.stream().map(Protos::of).toList();
        if (!positions.stream().allMatch(position -> STREAMS.contains(position.stream()))) {
            throw new InvalidValue("stream", "must be one of " + STREAMS);
        }
        return positions;
    }
}
