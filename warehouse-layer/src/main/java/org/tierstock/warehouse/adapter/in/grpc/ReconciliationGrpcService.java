package org.tierstock.warehouse.adapter.in.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.List;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.history.PeerEpochs;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.purge.Releases;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.Floors;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.PositionPages;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.StatedPositions;
import org.tierstock.warehouse.application.port.OutboundPositions;
import org.tierstock.warehouse.v1.ExchangePositionsRequest;
import org.tierstock.warehouse.v1.ExchangePositionsResponse;
import org.tierstock.warehouse.v1.OutboundPositionsRequest;
import org.tierstock.warehouse.v1.OutboundPositionsResponse;
import org.tierstock.warehouse.v1.PositionsRequest;
import org.tierstock.warehouse.v1.PositionsResponse;
import org.tierstock.warehouse.v1.ReconciliationServiceGrpc;

/**
 * This layer's side of the reconciliation with the dispatch layer (S123, protocol 8), and of what both may purge (11.7).
 */
@GrpcService
@Blocking
@PassesFence
public class ReconciliationGrpcService extends ReconciliationServiceGrpc.ReconciliationServiceImplBase {
    private static final String BOOKS = "book_position";
    private static final String DISPATCH = "dispatch";
    private static final long NO_BOUND = 0;

    private final Releases releases;
    private final Positions positions;
    private final OutboundPositions outboundPositions;
    private final Floors floors;
    private final Installation installation;
    private final PeerEpochs peerEpochs;
    private final RefusedCalls refusedCalls;

    @Inject
    public ReconciliationGrpcService(
            Releases releases,
            Positions positions,
            OutboundPositions outboundPositions,
            Floors floors,
            Installation installation,
            PeerEpochs peerEpochs,
            RefusedCalls refusedCalls) {
        this.releases = releases;
        this.positions = positions;
        this.outboundPositions = outboundPositions;
        this.floors = floors;
        this.installation = installation;
        this.peerEpochs = peerEpochs;
        this.refusedCalls = refusedCalls;
    }

    @Override
    public void exchangePositions(ExchangePositionsRequest request, StreamObserver<ExchangePositionsResponse> caller) {
        peerEpochs.requireCurrent(DISPATCH, request.getEnvelope());
        refusedCalls.numbersRefused(
                Caller.current(), releases.heard(Requests.released(request.getReleasedList()), List.of()));
        ExchangePositionsResponse.Builder response = ExchangePositionsResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch());
        releases.told(Streams::isFromWarehouse).forEach(position -> response.addReleased(Protos.of(position)));
        caller.onNext(response.build());
        caller.onCompleted();
    }

    @Override
    public void positions(PositionsRequest request, StreamObserver<PositionsResponse> caller) {
        Cut cut = Requests.cut(Requests.warehouses(request.getWarehousesList()), request.getCutList());
        PositionsResponse envelope = PositionsResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch())
                .build();
        try (StatedPositions stated = positions.at(BOOKS, cut, Requests.sku(request.getSku()))) {
            PositionPages.send(
                    caller,
                    stated.read(),
                    page -> envelope.toBuilder().addAllPositions(page).build());
        } catch (CutTooOld e) {
            caller.onNext(envelope.toBuilder().setCutTooOld(true).build());
            caller.onCompleted();
        }
    }

    @Override
    public void outboundPositions(OutboundPositionsRequest request, StreamObserver<OutboundPositionsResponse> caller) {
        Cut cut = Requests.cut(Requests.warehouses(request.getWarehousesList()), request.getCutList());
        OutboundPositionsResponse envelope = OutboundPositionsResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch())
                .build();
        OutboundPositions.Range range = new OutboundPositions.Range(
                request.getWarehousesList(),
                Requests.sku(request.getSku()),
                request.getAfter(),
                request.getUntil() == NO_BOUND ? Long.MAX_VALUE : request.getUntil());
        Iterator<KeyPosition> stated = outboundPositions.at(range, cut.applied()).stream()
                .map(position -> new KeyPosition(position.warehouse(), position.outbound(), position.quantity()))
                .sorted(KeyPosition.ORDER)
                .iterator();
        try {
            floors.require(cut);
        } catch (CutTooOld e) {
            caller.onNext(envelope.toBuilder().setCutTooOld(true).build());
            caller.onCompleted();
            return;
        }
        PositionPages.send(
                caller,
                stated,
                page -> envelope.toBuilder().addAllPositions(page).build());
    }
}
