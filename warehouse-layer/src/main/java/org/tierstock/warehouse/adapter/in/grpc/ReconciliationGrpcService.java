package org.tierstock.warehouse.adapter.in.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.Code;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.protocol.v1.KeyPosition;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.purge.Releases;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.Floors;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.warehouse.application.port.OutboundPositions;
import org.tierstock.warehouse.v1.ExchangePositionsRequest;
import org.tierstock.warehouse.v1.ExchangePositionsResponse;
import org.tierstock.warehouse.v1.OutboundPositionsRequest;
import org.tierstock.warehouse.v1.OutboundPositionsResponse;
import org.tierstock.warehouse.v1.PositionsRequest;
import org.tierstock.warehouse.v1.PositionsResponse;
import org.tierstock.warehouse.v1.ReconciliationService;

/**
 * This layer's side of the reconciliation with the dispatch layer (S123, protocol 8), and of what both may purge (11.7).
 */
@GrpcService
@Blocking
@PassesFence
public class ReconciliationGrpcService implements ReconciliationService {
    private static final String BOOKS = "book_position";
    private static final int PAGE = 1_000;

    private final Releases releases;
    private final Positions positions;
    private final OutboundPositions outboundPositions;
    private final Floors floors;
    private final Installation installation;

    @Inject
    public ReconciliationGrpcService(
            Releases releases,
            Positions positions,
            OutboundPositions outboundPositions,
            Floors floors,
            Installation installation) {
        this.releases = releases;
        this.positions = positions;
        this.outboundPositions = outboundPositions;
        this.floors = floors;
        this.installation = installation;
    }

    @Override
    public Uni<ExchangePositionsResponse> exchangePositions(ExchangePositionsRequest request) {
        releases.heard(Requests.released(request.getReleasedList()), List.of());
        ExchangePositionsResponse.Builder response = ExchangePositionsResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch());
        releases.told(Streams::isFromWarehouse).forEach(position -> response.addReleased(Protos.of(position)));
        return Uni.createFrom().item(response.build());
    }

    @Override
    public Multi<PositionsResponse> positions(PositionsRequest request) {
        Caller.current().needsWarehouse(Code.of("warehouse", request.getWarehouse()));
        Cut cut = Requests.cut(request.getWarehouse(), request.getCutList());
        List<KeyPosition> stated;
        try {
            stated = positions.at(BOOKS, request.getWarehouse(), cut).stream()
                    .map(position -> position(position.key(), position.quantity()))
                    .toList();
        } catch (CutTooOld e) {
            return Multi.createFrom()
                    .item(PositionsResponse.newBuilder()
                            .setEnvelope(Protos.envelope(installation))
                            .setCallerEpoch(request.getEnvelope().getEpoch())
                            .setCutTooOld(true)
                            .build());
        }
        Envelope envelope = Protos.envelope(installation);
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
        Cut cut = Requests.cut(request.getWarehouse(), request.getCutList());
        List<KeyPosition> stated = outboundPositions.at(request.getWarehouse(), cut.applied()).stream()
                .map(position -> position(position.outbound(), position.quantity()))
                .toList();
        try {
            floors.require(cut);
        } catch (CutTooOld e) {
            return Multi.createFrom()
                    .item(OutboundPositionsResponse.newBuilder()
                            .setEnvelope(Protos.envelope(installation))
                            .setCallerEpoch(request.getEnvelope().getEpoch())
                            .setCutTooOld(true)
                            .build());
        }
        Envelope envelope = Protos.envelope(installation);
        return Multi.createFrom()
                .iterable(pages(stated))
                .map(page -> OutboundPositionsResponse.newBuilder()
                        .setEnvelope(envelope)
                        .setCallerEpoch(request.getEnvelope().getEpoch())
                        .addAllPositions(page)
                        .build());
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
