package org.tierstock.warehouse.adapter.in.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.tierstock.movements.Code;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.history.PeerEpochs;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.trace.TraceContext;
import org.tierstock.warehouse.application.LockStock;
import org.tierstock.warehouse.application.port.OutboundQueries;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.ReleaseOutcome;
import org.tierstock.warehouse.v1.CancelOutboundRequest;
import org.tierstock.warehouse.v1.CancelOutboundResponse;
import org.tierstock.warehouse.v1.GetRequest;
import org.tierstock.warehouse.v1.GetResponse;
import org.tierstock.warehouse.v1.LockStockRequest;
import org.tierstock.warehouse.v1.LockStockResponse;
import org.tierstock.warehouse.v1.OutboundLock;
import org.tierstock.warehouse.v1.OutboundRelease;
import org.tierstock.warehouse.v1.OutboundState;
import org.tierstock.warehouse.v1.StockLockService;

/**
 * Locks goods for the dispatch layer's outbound orders and gives them back (S46, S118, protocol 5, 11.2, 11.3).
 *
 * <p>A call fails as a whole when one of its documents has no outcome; what was done is found again under the same ids.
 */
@GrpcService
@Blocking
public class StockLockGrpcService implements StockLockService {
    private static final Logger LOG = Logger.getLogger(StockLockGrpcService.class);
    private static final String DISPATCH = "dispatch";

    private final GroupCommit<LockStock.Request, LockOutcome> locking;
    private final GroupCommit<OutboundCancel, ReleaseOutcome> releasing;
    private final OutboundQueries outbounds;
    private final Installation installation;
    private final PeerEpochs peerEpochs;
    private final OutboundBounds bounds;
    private final RefusedCalls refusedCalls;

    @Inject
    public StockLockGrpcService(
            GroupCommit<LockStock.Request, LockOutcome> locking,
            GroupCommit<OutboundCancel, ReleaseOutcome> releasing,
            OutboundQueries outbounds,
            Installation installation,
            PeerEpochs peerEpochs,
            OutboundBounds bounds,
            RefusedCalls refusedCalls) {
        this.locking = locking;
        this.releasing = releasing;
        this.outbounds = outbounds;
        this.installation = installation;
        this.peerEpochs = peerEpochs;
        this.bounds = bounds;
        this.refusedCalls = refusedCalls;
    }

    @Override
    public Uni<LockStockResponse> lockStock(LockStockRequest request) {
        Code.of("warehouse", request.getWarehouse());
        peerEpochs.requireCurrent(DISPATCH, request.getEnvelope());
        List<LockStock.Request> asked = Requests.of(request);
        asked.forEach(one -> requireBelieved(one.order()));
        String caller = Caller.current().party();
        List<LockOutcome> outcomes = all(
                asked, one -> locking.submit(caller, one.order().cell().sku().code(), one));
        LockStockResponse.Builder response = LockStockResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch());
        for (int i = 0; i < asked.size(); i++) {
            OutboundLock lock = lock(asked.get(i).order().outbound(), outcomes.get(i));
            log(asked.get(i).order(), lock);
            response.addLocks(lock);
        }
        return Uni.createFrom().item(response.build());
    }

    private void requireBelieved(OutboundOrder order) {
        bounds.doubt(order.warehouse(), order.number()).ifPresent(doubt -> {
            refusedCalls.refused(RefusedCalls.Cause.NUMBER, Caller.current(), doubt);
            throw Problem.of(409, PeerEpochs.NOT_BELIEVED, doubt + "; nothing was done.");
        });
    }

    private static OutboundLock lock(String outbound, LockOutcome outcome) {
        OutboundLock.Builder lock = OutboundLock.newBuilder().setOutbound(outbound);
        return switch (outcome) {
            case LockOutcome.Answered(long locked, long at) ->
                lock.setLocked(locked).setAt(at).build();
            case LockOutcome.Stale() -> lock.setStale(true).build();
        };
    }

    /** In the trace of the order, which began at the sales layer. */
    private static void log(OutboundOrder order, OutboundLock lock) {
        TraceContext.continuing(order.traceParent())
                .run(() -> LOG.infof(
                        "Outbound %s of order %s: %d of %d units locked in %s",
                        order.outbound(), order.order(), lock.getLocked(), order.quantity(), order.warehouse()));
    }

    @Override
    public Uni<CancelOutboundResponse> cancelOutbound(CancelOutboundRequest request) {
        Code.of("warehouse", request.getWarehouse());
        peerEpochs.requireCurrent(DISPATCH, request.getEnvelope());
        List<OutboundCancel> asked = Requests.of(request);
        String caller = Caller.current().party();
        List<ReleaseOutcome> outcomes = all(asked, one -> releasing.submit(caller, one.outbound(), one));
        CancelOutboundResponse.Builder response = CancelOutboundResponse.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setCallerEpoch(request.getEnvelope().getEpoch());
        for (int i = 0; i < asked.size(); i++) {
            response.addReleases(release(asked.get(i), outcomes.get(i)));
        }
        return Uni.createFrom().item(response.build());
    }

    private static OutboundRelease release(OutboundCancel asked, ReleaseOutcome outcome) {
        OutboundRelease.Builder release =
                OutboundRelease.newBuilder().setOutbound(asked.outbound()).setRequest(asked.request());
        return switch (outcome) {
            case ReleaseOutcome.Released(long released) ->
                release.setReleased(released).build();
            case ReleaseOutcome.UnknownOutbound() -> release.setUnknown(true).build();
        };
    }

    /** The outbounds that exist, in the order asked. */
    @Override
    public Uni<GetResponse> get(GetRequest request) {
        List<String> asked = Requests.outbounds(request.getOutboundsList());
        Map<String, Outbound> found = outbounds.find(asked);
        GetResponse.Builder response = GetResponse.newBuilder();
        for (String id : asked) {
            Outbound outbound = found.get(id);
            if (outbound != null) {
                response.addOutbounds(state(outbound));
            }
        }
        return Uni.createFrom().item(response.build());
    }

    private static OutboundState state(Outbound outbound) {
        return OutboundState.newBuilder()
                .setOutbound(outbound.order().outbound())
                .setQuantity(outbound.order().quantity())
                .setLocked(outbound.locked())
                .setPicked(outbound.picked())
                .setShipped(outbound.shipped())
                .setLost(outbound.lost())
                .setReleased(outbound.released())
                .setRefused(outbound.refused())
                .build();
    }

    private static <C, O> List<O> all(List<C> commands, Function<C, CompletionStage<O>> submit) {
        List<CompletableFuture<O>> outcomes = new ArrayList<>(commands.size());
        for (C command : commands) {
            outcomes.add(submit.apply(command).toCompletableFuture());
        }
        return outcomes.stream().map(CompletableFuture::join).toList();
    }
}
