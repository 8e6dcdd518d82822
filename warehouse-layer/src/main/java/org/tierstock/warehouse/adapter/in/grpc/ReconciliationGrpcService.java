package org.tierstock.warehouse.adapter.in.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.Code;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.protocol.v1.KeyPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.warehouse.application.AcknowledgeStreams;
import org.tierstock.warehouse.application.port.OutboundPositions;
import org.tierstock.warehouse.v1.ExchangePositionsRequest;
import org.tierstock.warehouse.v1.ExchangePositionsResponse;
import org.tierstock.warehouse.v1.OutboundPositionsRequest;
import org.tierstock.warehouse.v1.OutboundPositionsResponse;
import org.tierstock.warehouse.v1.PositionsRequest;
import org.tierstock.warehouse.v1.PositionsResponse;
import org.tierstock.warehouse.v1.ReconciliationService;

/**
 * This layer's side of the reconciliation with the dispatch layer (S123, protocol 8). Nothing is purged yet, so no cut is
 * too old.
 */
@GrpcService
@RunOnVirtualThread
public class ReconciliationGrpcService implements ReconciliationService {
    private static final String BOOKS = "book_position";
    private static final int PAGE = 1_000;

    private final AcknowledgeStreams acknowledgeStreams;
    private final Positions positions;
    private final OutboundPositions outboundPositions;
    private final Installation installation;

    @Inject
    public ReconciliationGrpcService(
            AcknowledgeStreams acknowledgeStreams,
            Positions positions,
            OutboundPositions outboundPositions,
            Installation installation) {
        this.acknowledgeStreams = acknowledgeStreams;
        this.positions = positions;
        this.outboundPositions = outboundPositions;
        this.installation = installation;
    }

    @Override
    public Uni<ExchangePositionsResponse> exchangePositions(ExchangePositionsRequest request) {
        acknowledgeStreams.acknowledge(Requests.applied(request.getAppliedList()));
        return Uni.createFrom()
                .item(ExchangePositionsResponse.newBuilder()
                        .setEnvelope(envelope())
                        .setCallerEpoch(request.getEnvelope().getEpoch())
                        .build());
    }

    @Override
    public Multi<PositionsResponse> positions(PositionsRequest request) {
        Caller.current().needsWarehouse(Code.of("warehouse", request.getWarehouse()));
        List<KeyPosition> stated =
                positions
                        .at(BOOKS, request.getWarehouse(), Requests.cut(request.getWarehouse(), request.getCutList()))
                        .stream()
                        .map(position -> position(position.key(), position.quantity()))
                        .toList();
        Envelope envelope = envelope();
        return Multi.createFrom()
                .iterable(pages(stated))
                .map(page -> PositionsResponse.newBuilder()
                        .setEnvelope(envelope)
                        .setCallerEpoch(request.getEnvelope().getEpoch())
                        .addAllPositions(page)
                        .build());
    }

    @Override
    public Multi<OutboundPositionsResponse> outboundPositions(OutboundPositionsRequest request) {
        Caller.current().needsWarehouse(Code.of("warehouse", request.getWarehouse()));
        List<KeyPosition> stated = outboundPositions
                .at(
                        request.getWarehouse(),
                        Requests.cut(request.getWarehouse(), request.getCutList())
                                .applied())
                .stream()
                .map(position -> position(position.outbound(), position.quantity()))
                .toList();
        Envelope envelope = envelope();
        return Multi.createFrom()
                .iterable(pages(stated))
                .map(page -> OutboundPositionsResponse.newBuilder()
                        .setEnvelope(envelope)
                        .setCallerEpoch(request.getEnvelope().getEpoch())
                        .addAllPositions(page)
                        .build());
    }

    private Envelope envelope() {
        return Envelope.newBuilder()
                .setEpoch(installation.epoch())
                .setJournal(installation.journal())
                .build();
    }

    private static KeyPosition position(String key, long quantity) {
        return KeyPosition.newBuilder().setKey(key).setQuantity(quantity).build();
    }

    /** At least one page, so that the envelope is told also when there is nothing to state. */
    private static List<List<KeyPosition>> pages(List<KeyPosition> positions) {
        List<List<KeyPosition>> pages = new ArrayList<>();
        for (int from = 0; from == 0 || from < positions.size(); from += PAGE) {
            pages.add(positions.subList(from, Math.min(from + PAGE, positions.size())));
        }
        return pages;
    }
}
