package org.tierstock.dispatch.adapter.in.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.dispatch.v1.ExchangePositionsRequest;
import org.tierstock.dispatch.v1.ExchangePositionsResponse;
import org.tierstock.dispatch.v1.PositionsRequest;
import org.tierstock.dispatch.v1.PositionsResponse;
import org.tierstock.dispatch.v1.ReconciliationServiceGrpc;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.history.PeerEpochs;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.purge.Releases;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.PositionPages;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.StatedPositions;

/**
 * This layer's side of the reconciliation with the sales layer (S123, protocol 8), and of what both may purge (11.7).
 */
@GrpcService
@Blocking
@PassesFence
public class ReconciliationGrpcService extends ReconciliationServiceGrpc.ReconciliationServiceImplBase {
    private static final String ACCOUNTS = "account_position";
    private static final String SALES = "sales";

    private final Releases releases;
    private final Watermarks watermarks;
    private final Positions positions;
    private final Installation installation;
    private final PeerEpochs peerEpochs;
    private final RefusedCalls refusedCalls;

    @Inject
    public ReconciliationGrpcService(
            Releases releases,
            Watermarks watermarks,
            Positions positions,
            Installation installation,
            PeerEpochs peerEpochs,
            RefusedCalls refusedCalls) {
        this.releases = releases;
        this.watermarks = watermarks;
        this.positions = positions;
        this.installation = installation;
        this.peerEpochs = peerEpochs;
        this.refusedCalls = refusedCalls;
    }

    @Override
    public void exchangePositions(ExchangePositionsRequest request, StreamObserver<ExchangePositionsResponse> caller) {
        peerEpochs.requireCurrent(SALES, request.getEnvelope());
        refusedCalls.numbersRefused(
                Caller.current(), releases.heard(Requests.released(request.getReleasedList()), List.of()));
        ExchangePositionsResponse.Builder response = ExchangePositionsResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch());
        watermarks.applied(Streams.SALES_TO_DISPATCH).forEach(position -> response.addApplied(Protos.of(position)));
        releases.told(Requests::withSales).forEach(position -> response.addReleased(Protos.of(position)));
        releases.heads(Streams.DISPATCH_TO_SALES).forEach(position -> response.addHeads(Protos.of(position)));
        caller.onNext(response.build());
        caller.onCompleted();
    }

    @Override
    public void positions(PositionsRequest request, StreamObserver<PositionsResponse> caller) {
        PositionsResponse envelope = PositionsResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch())
                .build();
        try (StatedPositions stated =
                positions.at(ACCOUNTS, Requests.cut(request.getCutList()), Requests.sku(request.getSku()))) {
            PositionPages.send(
                    caller,
                    stated.read(),
                    page -> envelope.toBuilder().addAllPositions(page).build());
        } catch (CutTooOld e) {
            caller.onNext(envelope.toBuilder().setCutTooOld(true).build());
            caller.onCompleted();
        }
    }
}
