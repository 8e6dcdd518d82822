package org.tierstock.sales.adapter.out.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.dispatch.v1.HandOverLine;
import org.tierstock.dispatch.v1.HandOverOrder;
import org.tierstock.dispatch.v1.HandOverOutcome;
import org.tierstock.dispatch.v1.HandOverRequest;
import org.tierstock.dispatch.v1.HandOverResponse;
import org.tierstock.dispatch.v1.HandOverServiceGrpc;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.protocol.v1.ChannelKey;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.exchange.OutboxRow;
import org.tierstock.runtime.trace.TraceContext;
import org.tierstock.sales.domain.OrderNumber;

/**
 * Brings paid order lines to dispatch (protocol 11.2): many orders a call, the lines of an order together, so that dispatch
 * can source it as a whole. Each line is a numbered message; the call has no key of its own.
 */
@ApplicationScoped
public class GrpcHandOvers implements Carrier {
    private static final Logger LOG = Logger.getLogger(GrpcHandOvers.class);

    /** What a call fails by when it is the request that cannot be taken, and another might be. */
    private static final Set<Status.Code> ABOUT_THE_REQUEST =
            Set.of(Status.Code.INVALID_ARGUMENT, Status.Code.INTERNAL, Status.Code.UNKNOWN);

    private final DispatchChannels channels;
    private final SheetsOfCall sheets;
    private final Installation installation;
    private final Duration deadline;

    @Inject
    public GrpcHandOvers(
            DispatchChannels channels,
            SheetsOfCall sheets,
            Installation installation,
            @ConfigProperty(name = "tierstock.hand-over.deadline", defaultValue = "20s") Duration deadline) {
        this.channels = channels;
        this.sheets = sheets;
        this.installation = installation;
        this.deadline = deadline;
    }

    @Override
    public String name() {
        return CALL;
    }

    /**
     * {@inheritDoc}
     *
     * <p>When dispatch cannot take a call for what is in it, each stream partition is carried by itself.
     */
    @Override
    public Set<StreamPosition> carry(List<OutboxRow> rows) {
        try {
            return call(rows);
        } catch (StatusRuntimeException e) {
            List<List<OutboxRow>> partitions = List.copyOf(rows.stream()
                    .collect(Collectors.groupingBy(row -> row.position().partition()))
                    .values());
            if (partitions.size() == 1
                    || !ABOUT_THE_REQUEST.contains(e.getStatus().getCode())) {
                throw e;
            }
            Set<StreamPosition> missing = new HashSet<>();
            for (List<OutboxRow> partition : partitions) {
                try {
                    missing.addAll(call(partition));
                } catch (StatusRuntimeException alone) {
                    LOG.warnf(
                            "Hand-overs from %s on wait: %s",
                            partition.getFirst().position(), alone.getStatus());
                    partition.forEach(row -> missing.add(row.position()));
                }
            }
            return missing;
        }
    }

    /** Answers the rows of which it is not known that dispatch has them. */
    private Set<StreamPosition> call(List<OutboxRow> rows) {
        Set<StreamPosition> missing = new HashSet<>();
        Map<String, HandOverOrder.Builder> orders = new LinkedHashMap<>();
        Map<String, List<OutboxRow>> rowsOfOrder = new LinkedHashMap<>();
        long journal = 0;
        for (OutboxRow row : rows) {
            try {
                HandOver handOver =
                        MessageCodec.read(row.type(), row.payload().getBytes(StandardCharsets.UTF_8), HandOver.class);
                orders.computeIfAbsent(handOver.order(), number -> order(handOver))
                        .addLines(line(row, handOver));
                rowsOfOrder
                        .computeIfAbsent(handOver.order(), number -> new ArrayList<>())
                        .add(row);
                journal = Math.max(journal, row.journal());
            } catch (CannotApply unreadable) {
                LOG.warnf("Hand-over %s cannot be read and waits: %s", row.position(), unreadable.getMessage());
                missing.add(row.position());
            }
        }
        if (orders.isEmpty()) {
            return missing;
        }
        sheets.of(orders.keySet().stream().map(OrderNumber::parse).toList())
                .forEach((order, sheet) -> orders.get(order.text()).setSheet(sheet));
        HandOverRequest.Builder request = HandOverRequest.newBuilder()
                .setEnvelope(
                        Envelope.newBuilder().setEpoch(installation.epoch()).setJournal(journal));
        orders.values().forEach(request::addOrders);
        // Without an answer the relay carries all again.
        HandOverResponse response = HandOverServiceGrpc.newBlockingStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .handOver(request.build());
        if (response.getCallerEpoch() != installation.epoch()) {
            throw new IllegalStateException("The answer belongs to another epoch: " + response.getCallerEpoch());
        }
        List<OutboxRow> asked =
                rowsOfOrder.values().stream().flatMap(List::stream).toList();
        if (response.getOutcomesCount() != asked.size()) {
            throw new IllegalStateException(
                    response.getOutcomesCount() + " outcomes for " + asked.size() + " hand-overs");
        }
        for (int i = 0; i < asked.size(); i++) {
            if (!arrived(asked.get(i), response.getOutcomes(i))) {
                missing.add(asked.get(i).position());
            }
        }
        orders.values().forEach(GrpcHandOvers::log);
        return missing;
    }

    private static boolean arrived(OutboxRow row, HandOverOutcome outcome) {
        return switch (outcome.getState()) {
            case HAND_OVER_STATE_APPLIED -> true;
            case HAND_OVER_STATE_PARKED -> {
                LOG.warnf("Hand-over %s is parked at dispatch: %s", row.position(), outcome.getReason());
                yield true;
            }
            case HAND_OVER_STATE_NOT_APPLIED, HAND_OVER_STATE_UNSPECIFIED, UNRECOGNIZED -> {
                LOG.debugf("Hand-over %s is carried again: %s", row.position(), outcome.getReason());
                yield false;
            }
        };
    }

    /** In the trace of the order. */
    private static void log(HandOverOrder.Builder order) {
        TraceContext.continuing(order.getTraceParent())
                .run(() -> LOG.infof(
                        "Order %s: %d paid lines handed over to dispatch", order.getOrder(), order.getLinesCount()));
    }

    private static HandOverOrder.Builder order(HandOver handOver) {
        return HandOverOrder.newBuilder()
                .setOrder(handOver.order())
                .setShipRegion(handOver.shipRegion())
                .setDeliveryMethod(handOver.deliveryMethod())
                .setAddressReference(handOver.addressReference())
                .setTraceParent(handOver.traceParent());
    }

    private static HandOverLine line(OutboxRow row, HandOver handOver) {
        return HandOverLine.newBuilder()
                .setPosition(Protos.of(row.position()))
                .setMessageId(row.id())
                .setOrderLine(handOver.orderLine())
                .setKey(ChannelKey.newBuilder()
                        .setChannel(handOver.key().channel())
                        .setDeliveryMethod(handOver.key().deliveryMethod())
                        .setQuality(handOver.key().quality().name())
                        .setShipRegion(handOver.key().shipRegion())
                        .setSku(handOver.key().sku().code()))
                .setQuantity(handOver.quantity())
                .setEpoch(row.epoch())
                .setJournal(row.journal())
                .build();
    }
}
