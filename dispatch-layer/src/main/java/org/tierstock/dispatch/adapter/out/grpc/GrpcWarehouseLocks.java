package org.tierstock.dispatch.adapter.out.grpc;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.protocol.v1.Cell;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.calls.Statuses;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.work.Later;
import org.tierstock.warehouse.v1.CancelOutboundRequest;
import org.tierstock.warehouse.v1.CancelOutboundResponse;
import org.tierstock.warehouse.v1.LockStockRequest;
import org.tierstock.warehouse.v1.LockStockResponse;
import org.tierstock.warehouse.v1.OutboundCancel;
import org.tierstock.warehouse.v1.OutboundRequest;
import org.tierstock.warehouse.v1.StockLockServiceGrpc;
import org.tierstock.warehouse.v1.StockLockServiceGrpc.StockLockServiceFutureStub;

/** Asks warehouses by gRPC to lock and release goods. All warehouses of a round are asked at once, and none waits for another. */
@ApplicationScoped
public class GrpcWarehouseLocks implements WarehouseLocks {
    private static final Logger LOG = Logger.getLogger(GrpcWarehouseLocks.class);

    private static final String WAREHOUSE = "warehouse";

    private final WarehouseChannels channels;
    private final Installation installation;
    private final SenderBounds bounds;
    private final Duration deadline;

    @Inject
    public GrpcWarehouseLocks(
            WarehouseChannels channels,
            Installation installation,
            SenderBounds bounds,
            @ConfigProperty(name = "tierstock.warehouse.deadline", defaultValue = "5s") Duration deadline) {
        this.channels = channels;
        this.installation = installation;
        this.bounds = bounds;
        this.deadline = deadline;
    }

    @Override
    public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
        Envelope envelope = Protos.envelope(installation);
        Map<String, Later<Answer<Lock>>> answers = new LinkedHashMap<>();
        parcels.forEach((warehouse, asked) -> {
            LockStockRequest.Builder request = LockStockRequest.newBuilder()
                    .setEnvelope(envelope)
                    .setWarehouse(warehouse)
                    .setLow(low.getOrDefault(warehouse, 0L));
            asked.forEach(parcel -> request.addOutbounds(outbound(parcel)));
            answers.put(
                    warehouse,
                    answer(
                            warehouse,
                            stub().lockStock(request.build()),
                            LockStockResponse::getCallerEpoch,
                            LockStockResponse::getEnvelope,
                            GrpcWarehouseLocks::locks));
        });
        return answers;
    }

    private static OutboundRequest outbound(Parcel parcel) {
        Outbound outbound = parcel.outbound();
        return OutboundRequest.newBuilder()
                .setOutbound(outbound.id())
                .setNumber(outbound.number())
                .setOrder(outbound.line().order())
                .setOrderLine(outbound.line().line())
                .setCell(Cell.newBuilder()
                        .setNode(outbound.cell().node().node())
                        .setVirtualWarehouse(outbound.cell().node().virtualWarehouse())
                        .setOwner(outbound.cell().node().owner())
                        .setQuality(outbound.cell().node().quality().name())
                        .setSku(outbound.cell().sku().code()))
                .setQuantity(outbound.quantity())
                .setAddressReference(parcel.addressReference())
                .setShipRegion(parcel.shipRegion())
                .setDeliveryMethod(parcel.deliveryMethod())
                .setTraceParent(parcel.traceParent())
                .build();
    }

    private static List<Lock> locks(LockStockResponse response) {
        PeerJournal by = journal(response.getEnvelope());
        return response.getLocksList().stream()
                .map(lock -> new Lock(lock.getOutbound(), lock.getLocked(), lock.getAt(), lock.getStale(), by))
                .toList();
    }

    @Override
    public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
        Envelope envelope = Protos.envelope(installation);
        Map<String, Later<Answer<Release>>> answers = new LinkedHashMap<>();
        outbounds.forEach((warehouse, asked) -> {
            CancelOutboundRequest.Builder request =
                    CancelOutboundRequest.newBuilder().setEnvelope(envelope).setWarehouse(warehouse);
            asked.forEach(outbound -> request.addCancels(OutboundCancel.newBuilder()
                    .setOutbound(outbound.id())
                    .setRequest(outbound.release().request())
                    .setQuantity(outbound.release().quantity())));
            answers.put(
                    warehouse,
                    answer(
                            warehouse,
                            stub().cancelOutbound(request.build()),
                            CancelOutboundResponse::getCallerEpoch,
                            CancelOutboundResponse::getEnvelope,
                            GrpcWarehouseLocks::releases));
        });
        return answers;
    }

    private static List<Release> releases(CancelOutboundResponse response) {
        PeerJournal by = journal(response.getEnvelope());
        return response.getReleasesList().stream()
                .map(release -> new Release(
                        release.getOutbound(), release.getRequest(), release.getReleased(), release.getUnknown(), by))
                .toList();
    }

    private StockLockServiceFutureStub stub() {
        return StockLockServiceGrpc.newFutureStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The answer to a call, which ends by its own deadline. */
    private <Q, A> Later<Answer<A>> answer(
            String warehouse,
            ListenableFuture<Q> call,
            ToLongFunction<Q> askedIn,
            Function<Q, Envelope> answerer,
            Function<Q, List<A>> read) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        call.addListener(() -> ended.complete(null), Runnable::run);
        return Later.of(ended.thenApply(now -> ended(warehouse, call, askedIn, answerer, read)));
    }

    private <Q, A> Answer<A> ended(
            String warehouse,
            ListenableFuture<Q> call,
            ToLongFunction<Q> askedIn,
            Function<Q, Envelope> answerer,
            Function<Q, List<A>> read) {
        try {
            Q response = call.get();
            long epoch = askedIn.applyAsLong(response);
            if (epoch != installation.epoch()) {
                return new Answer.Indeterminate<>("The answer belongs to another epoch: " + epoch);
            }
            Optional<String> doubt = doubt(answerer.apply(response));
            if (doubt.isPresent()) {
                LOG.debugf("Warehouse %s is asked again: %s", warehouse, doubt.get());
                return new Answer.Indeterminate<>(doubt.get());
            }
            return new Answer.Answered<>(read.apply(response));
        } catch (ExecutionException e) {
            Status status = Status.fromThrowable(e);
            if (!Statuses.passing(status)) {
                return new Answer.Refused<>(status.toString());
            }
            LOG.debugf("Warehouse %s has not answered and is asked again: %s", warehouse, status);
            return new Answer.Indeterminate<>(status.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Indeterminate<>("The service is stopping");
        }
    }

    /** Seldom asks the database, on the thread of the answer; an answer that cannot be judged is none. */
    private Optional<String> doubt(Envelope answerer) {
        try {
            return bounds.doubt(WAREHOUSE, answerer.getEpoch(), answerer.getJournal());
        } catch (RuntimeException e) {
            return Optional.of("Whether it can be believed is not known: " + e);
        }
    }

    private static PeerJournal journal(Envelope envelope) {
        return new PeerJournal(envelope.getEpoch(), envelope.getJournal());
    }
}
