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
import org.tierstock.dispatch.v1.ReconciliationServiceGrpc;
import org.tierstock.dispatch.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.PositionPages;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.Reconciler;
import org.tierstock.runtime.reconcile.StatedPositions;

/**
 * Compares what sales holds open with the accounts of dispatch (protocol 8): the cut is chosen first, then each side states
 * its position at it.
 */
@ApplicationScoped
public class GrpcDispatchReconciler implements Reconciler {
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
            @ConfigProperty(name = "tierstock.reconcile.deadline", defaultValue = "10m") Duration deadline) {
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
    public void require(Part part) {
        if (part.warehouse() != null) {
            throw new InvalidValue("warehouse", "is known to dispatch only: ask there");
        }
    }

    @Override
    public void reconcile(Part part, Comparing comparing) {
        String sku = part.onlySku().orElse("");
        comparing.compare(() -> state(sku));
    }

    private Statements state(String sku) {
        ReconciliationServiceBlockingStub dispatch = ReconciliationServiceGrpc.newBlockingStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
        Cut cut = cut(dispatch);
        StatedPositions here = positions.at(OPEN, cut, sku);
        return new Statements(cut, here.read(), there(dispatch, cut, sku), here::close);
    }

    private Cut cut(ReconciliationServiceBlockingStub dispatch) {
        List<AppliedPosition> applied = new ArrayList<>(watermarks.applied(Streams.DISPATCH_TO_SALES));
        ExchangePositionsRequest request = ExchangePositionsRequest.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .build();
        applied.addAll(Protos.applied(dispatch.exchangePositions(request).getAppliedList()));
        return Cut.whole(List.of(Streams.DISPATCH_TO_SALES, Streams.SALES_TO_DISPATCH), applied);
    }

    private Iterator<KeyPosition> there(ReconciliationServiceBlockingStub dispatch, Cut cut, String sku) {
        PositionsRequest.Builder request = PositionsRequest.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setSku(sku);
        cut.applied().forEach(position -> request.addCut(Protos.of(position)));
        return PositionPages.read(dispatch.positions(request.build()), page -> {
            if (page.getCutTooOld()) {
                throw new CutTooOld("Dispatch has purged what lies beyond the cut");
            }
            return page.getPositionsList();
        });
    }
}
