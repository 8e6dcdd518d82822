package org.tierstock.dispatch.adapter.out.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.PositionPages;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.Reconciler;
import org.tierstock.runtime.reconcile.StatedPositions;
import org.tierstock.warehouse.v1.OutboundPositionsRequest;
import org.tierstock.warehouse.v1.PositionsRequest;
import org.tierstock.warehouse.v1.ReconciliationServiceGrpc;
import org.tierstock.warehouse.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;

/**
 * Compares the books of dispatch with those of every warehouse (protocol 8), cell by cell, and then their locks outbound by
 * outbound (E3). The cut is what dispatch has applied of each warehouse's stream. Many warehouses are compared by one call,
 * each at its own cut.
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
            @ConfigProperty(name = "tierstock.reconcile.deadline", defaultValue = "10m") Duration deadline) {
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
    public void require(Part part) {
        // Of a warehouse or a SKU that is not known nothing is found on either side.
    }

    @Override
    public void reconcile(Part part, Comparing comparing) {
        String sku = part.onlySku().orElse("");
        List<String> warehouses = part.warehouse() == null ? outbounds.warehouses() : List.of(part.warehouse());
        for (List<String> some : Portion.of(warehouses)) {
            comparing.compare(() -> stateBooks(some, sku));
        }
        for (Portion portion : Portion.of(warehouses, outbounds.unfinishedCounts())) {
            for (Portion next = portion; next != null; ) {
                Stated stated = new Stated(next, sku);
                comparing.compare(stated::state);
                next = next.behind(stated.reached);
            }
        }
    }

    private ReconciliationServiceBlockingStub stub() {
        return ReconciliationServiceGrpc.newBlockingStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Statements stateBooks(List<String> warehouses, String sku) {
        Cut cut = cut(warehouses);
        StatedPositions here = positions.at(BOOKS, cut, sku);
        PositionsRequest.Builder request = PositionsRequest.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .addAllWarehouses(warehouses)
                .setSku(sku);
        cut.applied().forEach(position -> request.addCut(Protos.of(position)));
        return new Statements(
                cut,
                here.read(),
                PositionPages.read(stub().positions(request.build()), page -> {
                    requireInTime(page.getCutTooOld());
                    return page.getPositionsList();
                }),
                here::close);
    }

    private Cut cut(List<String> warehouses) {
        Map<String, String> scopes = new HashMap<>();
        warehouses.forEach(warehouse -> scopes.put(Streams.fromWarehouse(warehouse), warehouse));
        return new Cut(scopes, watermarks.applied(scopes.keySet()));
    }

    /**
     * Locks are taken and released by calls, which no cut holds. So only those outbounds are compared that no call touched
     * from before the cut until after the warehouse has spoken: the others are traffic.
     */
    private final class Stated {
        private final Portion portion;
        private final String sku;
        private long reached;

        Stated(Portion portion, String sku) {
            this.portion = portion;
            this.sku = sku;
        }

        Statements state() {
            Map<String, Long> lastNumbers = outbounds.lastNumbers(portion.warehouses());
            List<Outbound> unfinished =
                    outbounds.unfinished(portion.warehouses(), sku, portion.after(), portion.most());
            reached = unfinished.size() < portion.most()
                    ? Portion.THE_END
                    : unfinished.getLast().number();
            Map<String, Outbound> before = byId(unfinished);
            Cut cut = cut(portion.warehouses());
            Map<String, Outbound> atCut = outbounds.find(before.keySet());
            List<KeyPosition> there = locks(cut);
            Set<String> named = new HashSet<>(before.keySet());
            there.forEach(position -> named.add(position.key()));
            Map<String, Outbound> after = outbounds.find(named);
            Predicate<KeyPosition> still = position -> {
                Outbound now = after.get(position.key());
                if (now == null) {
                    return true;
                }
                Outbound then = before.get(position.key());
                return then == null
                        ? now.number() <= lastNumbers.getOrDefault(now.warehouse(), 0L) && !now.unfinished()
                        : then.equals(atCut.get(position.key())) && answeredAlike(then, now);
            };
            Iterator<KeyPosition> here = unfinished.stream()
                    .filter(outbound -> outbound.remaining() > 0)
                    .map(outbound -> new KeyPosition(outbound.warehouse(), outbound.id(), outbound.remaining()))
                    .filter(still)
                    .map(Stated::scoped)
                    .sorted(KeyPosition.ORDER)
                    .iterator();
            return new Statements(
                    scoped(cut),
                    here,
                    there.stream()
                            .filter(still)
                            .map(Stated::scoped)
                            .sorted(KeyPosition.ORDER)
                            .iterator(),
                    () -> {});
        }

        private List<KeyPosition> locks(Cut cut) {
            OutboundPositionsRequest.Builder request = OutboundPositionsRequest.newBuilder()
                    .setEnvelope(Protos.envelope(installation))
                    .addAllWarehouses(portion.warehouses())
                    .setSku(sku)
                    .setAfter(portion.after())
                    .setUntil(reached);
            cut.applied().forEach(position -> request.addCut(Protos.of(position)));
            List<KeyPosition> found = new ArrayList<>();
            PositionPages.read(stub().outboundPositions(request.build()), page -> {
                        requireInTime(page.getCutTooOld());
                        return page.getPositionsList();
                    })
                    .forEachRemaining(found::add);
            return found;
        }

        /** Reports tell an outbound from a cell by its scope. */
        private static KeyPosition scoped(KeyPosition position) {
            return new KeyPosition(position.scope() + OUTBOUNDS, position.key(), position.quantity());
        }

        private static Cut scoped(Cut cut) {
            Map<String, String> scopes = new HashMap<>();
            cut.scopes().forEach((stream, warehouse) -> scopes.put(stream, warehouse + OUTBOUNDS));
            return new Cut(scopes, cut.applied());
        }
    }

    private static Map<String, Outbound> byId(List<Outbound> outbounds) {
        Map<String, Outbound> byId = HashMap.newHashMap(outbounds.size());
        outbounds.forEach(outbound -> byId.put(outbound.id(), outbound));
        return byId;
    }

    private static boolean answeredAlike(Outbound then, Outbound now) {
        return then.state() == Outbound.State.ANSWERED
                && then.release() == null
                && now.release() == null
                && Objects.equals(then.answerer(), now.answerer());
    }

    private static void requireInTime(boolean cutTooOld) {
        if (cutTooOld) {
            throw new CutTooOld("The warehouse has purged what lies beyond the cut");
        }
    }
}
