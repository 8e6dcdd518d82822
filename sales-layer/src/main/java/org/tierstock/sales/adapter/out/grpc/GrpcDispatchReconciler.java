package org.tierstock.sales.adapter.out.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.v1.ExchangePositionsRequest;
import org.tierstock.dispatch.v1.PositionsRequest;
import org.tierstock.dispatch.v1.PositionsResponse;
import org.tierstock.dispatch.v1.ReconciliationServiceGrpc;
import org.tierstock.dispatch.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.Reconciler;

/**
 * Compares what sales holds open with the accounts of dispatch (protocol 8): the cut is chosen first, then each side states
 * its position at it.
 */
@ApplicationScoped
public class GrpcDispatchReconciler implements Reconciler {
    private static final String WHOLE = "";
    private static final String OPEN = "open_position";

    private final DispatchChannels channels;
    private final Installation installation;
    private final Watermarks watermarks;
    private final Positions positions;
    private final Duration deadline;

    @Inject
    public GrpcDispatchReconciler(
            DispatchChannels channels,
            Installation installation,
            Watermarks watermarks,
            Positions positions,
            @ConfigProperty(name = "tierstock.reconcile.deadline", defaultValue = "60s") Duration deadline) {
        this.channels = channels;
        this.installation = installation;
        this.watermarks = watermarks;
        this.positions = positions;
        this.deadline = deadline;
    }

    @Override
    public String peer() {
        return "dispatch";
    }

    @Override
    public List<String> scopes() {
        return List.of(WHOLE);
    }

    @Override
    public Statements state(String scope) {
        ReconciliationServiceBlockingStub dispatch = ReconciliationServiceGrpc.newBlockingStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
        Cut cut = cut(dispatch);
        return new Statements(cut, positions.at(OPEN, scope, cut), there(dispatch, cut));
    }

    private Cut cut(ReconciliationServiceBlockingStub dispatch) {
        List<AppliedPosition> applied = new ArrayList<>(watermarks.applied(Streams.DISPATCH_TO_SALES));
        ExchangePositionsRequest request = ExchangePositionsRequest.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .build();
        applied.addAll(Protos.applied(dispatch.exchangePositions(request).getAppliedList()));
        return new Cut(List.of(Streams.DISPATCH_TO_SALES, Streams.SALES_TO_DISPATCH), applied);
    }

    private List<KeyPosition> there(ReconciliationServiceBlockingStub dispatch, Cut cut) {
        PositionsRequest.Builder request = PositionsRequest.newBuilder().setEnvelope(Protos.envelope(installation));
        cut.applied().forEach(position -> request.addCut(Protos.of(position)));
        List<KeyPosition> found = new ArrayList<>();
        for (Iterator<PositionsResponse> pages = dispatch.positions(request.build()); pages.hasNext(); ) {
            PositionsResponse page = pages.next();
            if (page.getCutTooOld()) {
                throw new CutTooOld("Dispatch has purged what lies beyond the cut");
            }
            page.getPositionsList()
                    .forEach(position -> found.add(new KeyPosition(position.getKey(), position.getQuantity())));
        }
        return found;
    }
}
