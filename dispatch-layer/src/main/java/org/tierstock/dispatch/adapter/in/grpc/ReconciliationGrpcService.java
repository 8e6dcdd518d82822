package org.tierstock.dispatch.adapter.in.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.dispatch.v1.ExchangePositionsRequest;
import org.tierstock.dispatch.v1.ExchangePositionsResponse;
import org.tierstock.dispatch.v1.PositionsRequest;
import org.tierstock.dispatch.v1.PositionsResponse;
import org.tierstock.dispatch.v1.ReconciliationService;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.protocol.v1.KeyPosition;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.purge.Releases;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.Positions;

/**
 * This layer's side of the reconciliation with the sales layer (S123, protocol 8), and of what both may purge (11.7).
 */
@GrpcService
@Blocking
@PassesFence
public class ReconciliationGrpcService implements ReconciliationService {
    private static final String ACCOUNTS = "account_position";
    private static final String WHOLE = "";
    private static final int PAGE = 1_000;

    private final Releases releases;
    private final Watermarks watermarks;
    private final Positions positions;
    private final Installation installation;

    @Inject
    public ReconciliationGrpcService(
            Releases releases, Watermarks watermarks, Positions positions, Installation installation) {
        this.releases = releases;
        this.watermarks = watermarks;
        this.positions = positions;
        this.installation = installation;
    }

    @Override
    public Uni<ExchangePositionsResponse> exchangePositions(ExchangePositionsRequest request) {
        releases.heard(Requests.released(request.getReleasedList()), List.of());
        ExchangePositionsResponse.Builder response = ExchangePositionsResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch());
        watermarks.applied(Streams.SALES_TO_DISPATCH).forEach(position -> response.addApplied(Protos.of(position)));
        releases.told(Requests::withSales).forEach(position -> response.addReleased(Protos.of(position)));
        releases.heads(Streams.DISPATCH_TO_SALES).forEach(position -> response.addHeads(Protos.of(position)));
        return Uni.createFrom().item(response.build());
    }

    @Override
    public Multi<PositionsResponse> positions(PositionsRequest request) {
        List<KeyPosition> stated;
        try {
            stated = positions.at(ACCOUNTS, WHOLE, Requests.cut(request.getCutList())).stream()
                    .map(position -> KeyPosition.newBuilder()
                            .setKey(position.key())
                            .setQuantity(position.quantity())
                            .build())
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

    /** At least one page, so that the envelope is told also when there is nothing to state. */
    private static List<List<KeyPosition>> pages(List<KeyPosition> positions) {
        List<List<KeyPosition>> pages = new ArrayList<>();
        for (int from = 0; from == 0 || from < positions.size(); from += PAGE) {
            pages.add(positions.subList(from, Math.min(from + PAGE, positions.size())));
        }
        return pages;
    }
}
