package org.tierstock.dispatch.adapter.out.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.application.port.OutboundPositions;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.Reconciler;
import org.tierstock.warehouse.v1.OutboundPositionsRequest;
import org.tierstock.warehouse.v1.OutboundPositionsResponse;
import org.tierstock.warehouse.v1.PositionsRequest;
import org.tierstock.warehouse.v1.PositionsResponse;
import org.tierstock.warehouse.v1.ReconciliationServiceGrpc;
import org.tierstock.warehouse.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;

/**
 * Compares the books of dispatch with those of every warehouse (protocol 8), cell by cell, and then their locks outbound by
 * outbound (E3). The cut is what dispatch has applied of the warehouse's stream.
 */
@ApplicationScoped
public class GrpcWarehouseReconciler implements Reconciler {
    private static final String BOOKS = "book_position";
    private static final String OUTBOUNDS = " outbounds";

    private final WarehouseChannels channels;
    private final Installation installation;
    private final Watermarks watermarks;
    private final Positions positions;
    private final OutboundPositions outbounds;
    private final Duration deadline;

    @Inject
    public GrpcWarehouseReconciler(
            WarehouseChannels channels,
            Installation installation,
            Watermarks watermarks,
            Positions positions,
            OutboundPositions outbounds,
            @ConfigProperty(name = "tierstock.reconcile.deadline", defaultValue = "60s") Duration deadline) {
        this.channels = channels;
        this.installation = installation;
        this.watermarks = watermarks;
        this.positions = positions;
        this.outbounds = outbounds;
        this.deadline = deadline;
    }

    @Override
    public String peer() {
        return "warehouse";
    }

    @Override
    public List<String> scopes() {
        List<String> scopes = new ArrayList<>();
        for (String warehouse : outbounds.warehouses()) {
            scopes.add(warehouse);
            scopes.add(warehouse + OUTBOUNDS);
        }
        return scopes;
    }

    @Override
    public Statements state(String scope) {
        ReconciliationServiceBlockingStub stub = ReconciliationServiceGrpc.newBlockingStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
        return scope.endsWith(OUTBOUNDS)
                ? stateOutbounds(scope.substring(0, scope.length() - OUTBOUNDS.length()), stub)
                : stateBooks(scope, stub);
    }

    private Statements stateBooks(String warehouse, ReconciliationServiceBlockingStub stub) {
        Cut cut = cut(warehouse);
        return new Statements(cut, positions.at(BOOKS, warehouse, cut), books(warehouse, cut, stub));
    }

    private Cut cut(String warehouse) {
        String stream = Streams.fromWarehouse(warehouse);
        return new Cut(List.of(stream), watermarks.applied(stream));
    }

    private List<KeyPosition> books(String warehouse, Cut cut, ReconciliationServiceBlockingStub stub) {
        PositionsRequest.Builder request = PositionsRequest.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setWarehouse(warehouse);
        cut.applied().forEach(position -> request.addCut(Protos.of(position)));
        List<KeyPosition> found = new ArrayList<>();
        for (Iterator<PositionsResponse> pages = stub.positions(request.build()); pages.hasNext(); ) {
            PositionsResponse page = pages.next();
            requireInTime(page.getCutTooOld());
            page.getPositionsList().forEach(position -> found.add(of(position)));
        }
        return found;
    }

    /**
     * Locks are taken and released by calls, which no cut holds. So only those outbounds are compared that no call touched
     * from before the cut until after the warehouse has spoken: the others are traffic.
     */
    private Statements stateOutbounds(String warehouse, ReconciliationServiceBlockingStub stub) {
        long lastNumber = outbounds.lastNumber(warehouse);
        Map<String, Outbound> before = outbounds.unfinished(warehouse);
        Cut cut = cut(warehouse);
        Map<String, Outbound> atCut = outbounds.find(before.keySet());
        List<KeyPosition> there = locks(warehouse, cut, stub);
        Set<String> named = new HashSet<>(before.keySet());
        there.forEach(position -> named.add(position.key()));
        Map<String, Outbound> after = outbounds.find(named);
        Predicate<String> still = id -> {
            Outbound now = after.get(id);
            if (now == null) {
                return true;
            }
            Outbound then = before.get(id);
            return then == null
                    ? now.number() <= lastNumber && !now.unfinished()
                    : then.equals(atCut.get(id)) && answeredAlike(then, now);
        };
        List<KeyPosition> here = before.values().stream()
                .filter(outbound -> outbound.remaining() > 0 && still.test(outbound.id()))
                .map(outbound -> new KeyPosition(outbound.id(), outbound.remaining()))
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
        return new Statements(
                cut,
                here,
                there.stream().filter(position -> still.test(position.key())).toList());
    }

    private static boolean answeredAlike(Outbound then, Outbound now) {
        return then.state() == Outbound.State.ANSWERED
                && then.release() == null
                && now.release() == null
                && Objects.equals(then.answerer(), now.answerer());
    }

    private List<KeyPosition> locks(String warehouse, Cut cut, ReconciliationServiceBlockingStub stub) {
        OutboundPositionsRequest.Builder request = OutboundPositionsRequest.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setWarehouse(warehouse);
        cut.applied().forEach(position -> request.addCut(Protos.of(position)));
        List<KeyPosition> found = new ArrayList<>();
        for (Iterator<OutboundPositionsResponse> pages = stub.outboundPositions(request.build()); pages.hasNext(); ) {
            OutboundPositionsResponse page = pages.next();
            requireInTime(page.getCutTooOld());
            page.getPositionsList().forEach(position -> found.add(of(position)));
        }
        return found;
    }

    private static void requireInTime(boolean cutTooOld) {
        if (cutTooOld) {
            throw new CutTooOld("The warehouse has purged what lies beyond the cut");
        }
    }

    private static KeyPosition of(org.tierstock.protocol.v1.KeyPosition position) {
        return new KeyPosition(position.getKey(), position.getQuantity());
    }
}
