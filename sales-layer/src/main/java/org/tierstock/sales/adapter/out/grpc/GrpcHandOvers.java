package org.tierstock.sales.adapter.out.grpc;

import com.google.protobuf.ByteString;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.dispatch.v1.HandOverLine;
import org.tierstock.dispatch.v1.HandOverOrder;
import org.tierstock.dispatch.v1.HandOverOutcome;
import org.tierstock.dispatch.v1.HandOverRequest;
import org.tierstock.dispatch.v1.HandOverResponse;
import org.tierstock.dispatch.v1.HandOverServiceGrpc;
import org.tierstock.dispatch.v1.OpaqueHandOver;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.protocol.v1.ChannelKey;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.calls.Statuses;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.exchange.MessageIntake;
import org.tierstock.runtime.exchange.OutboxRow;
import org.tierstock.runtime.trace.TraceContext;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.sales.domain.OrderNumber;

/**
 * Brings paid order lines to dispatch (protocol 11.2): many orders a call, the lines of an order together, so that dispatch
 * can source it as a whole. Each line is a numbered message; the call has no key of its own.
 */
@ApplicationScoped
public class GrpcHandOvers implements Carrier {
    private static final Logger LOG = Logger.getLogger(GrpcHandOvers.class);
    private static final String DISPATCH_LAYER = "the dispatch layer";

    /** The most bytes of a row that go as they stand: more than any that can be read has. */
    private static final int MOST_OPAQUE = 64 * 1024;

    /** So many that they fit into a call, which carries 4 MiB. */
    private static final int OPAQUE_OF_CALL = 32;

    /** A hand-over, and the row that it was read from. */
    private record Line(OutboxRow row, HandOver handOver) {}

    /**
     * What is carried, or set aside, together: the lines of an order, or a row that cannot be read.
     *
     * @param name what it is set aside as: the order's number, or the row's position
     * @param lines none when the row cannot be read
     * @param unreadable the row; null when there are lines
     */
    private record Together(String name, List<Line> lines, OutboxRow unreadable) {}

    private final DispatchChannels channels;
    private final SheetsOfCall sheets;
    private final Installation installation;
    private final Duration deadline;
    private final EachInTurn eachInTurn;

    @Inject
    public GrpcHandOvers(
            DispatchChannels channels,
            SheetsOfCall sheets,
            Installation installation,
            @ConfigProperty(name = "tierstock.hand-over.deadline", defaultValue = "20s") Duration deadline,
            EachInTurn eachInTurn) {
        this.channels = channels;
        this.sheets = sheets;
        this.installation = installation;
        this.deadline = deadline;
        this.eachInTurn = eachInTurn;
    }

    @Override
    public String name() {
        return CALL;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A row that cannot be read, and those of an order that breaks every call in which it comes, go as they stand: dispatch
     * parks what it cannot apply either, where a person sees it. What cannot be brought so is set aside and tried again after a
     * while. Only that is missing, with what stands far behind it in its stream partition.
     *
     * @throws Unreached when dispatch has not answered
     */
    @Override
    public Set<StreamPosition> carry(List<OutboxRow> rows) {
        List<Together> due = eachInTurn.due(CALL, rows.size(), most -> together(rows), Together::name);
        Set<StreamPosition> missing = new HashSet<>();
        rows.forEach(row -> missing.add(row.position()));
        eachInTurn.attempt(CALL, due, Together::name, some -> {
            bring(some).forEach(missing::remove);
            return Progress.DONE;
        });
        return missing;
    }

    /** Brings these, and answers the rows that dispatch has for good. */
    private List<StreamPosition> bring(List<Together> together) {
        List<Together> orders =
                together.stream().filter(order -> order.unreadable() == null).toList();
        List<StreamPosition> arrived =
                new ArrayList<>(orders.isEmpty() ? List.of() : call(orders, together.size() == 1));
        arrived.addAll(asTheyStand(together.stream()
                .map(Together::unreadable)
                .filter(Objects::nonNull)
                .toList()));
        return arrived;
    }

    /**
     * Brings orders in one call.
     *
     * @param alone whether nothing else can be the reason when it is refused: then what there is goes as it stands
     */
    private List<StreamPosition> call(List<Together> orders, boolean alone) {
        try {
            return call(orders);
        } catch (Unreached e) {
            throw e;
        } catch (RuntimeException e) {
            if (!alone || MessageIntake.again(e)) {
                throw e;
            }
            LOG.warnf(
                    e,
                    "Order %s cannot be handed over as an order",
                    orders.getFirst().name());
            return asTheyStand(orders.getFirst().lines().stream().map(Line::row).toList());
        }
    }

    private static List<Together> together(List<OutboxRow> rows) {
        Map<String, Together> byName = new LinkedHashMap<>();
        for (OutboxRow row : rows) {
            try {
                HandOver handOver =
                        MessageCodec.read(row.type(), row.payload().getBytes(StandardCharsets.UTF_8), HandOver.class);
                byName.computeIfAbsent(handOver.order(), order -> new Together(order, new ArrayList<>(), null))
                        .lines()
                        .add(new Line(row, handOver));
            } catch (CannotApply unreadable) {
                String name = row.position().toString();
                byName.put(name, new Together(name, List.of(), row));
            }
        }
        return List.copyOf(byName.values());
    }

    private List<StreamPosition> call(List<Together> together) {
        List<HandOverOrder> orders = orders(together);
        List<StreamPosition> arrived = arrived(
                together.stream()
                        .flatMap(order -> order.lines().stream())
                        .map(Line::row)
                        .toList(),
                HandOverRequest.newBuilder().addAllOrders(orders));
        orders.forEach(GrpcHandOvers::log);
        return arrived;
    }

    private List<StreamPosition> asTheyStand(List<OutboxRow> rows) {
        List<StreamPosition> arrived = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += OPAQUE_OF_CALL) {
            List<OutboxRow> some = rows.subList(from, Math.min(from + OPAQUE_OF_CALL, rows.size()));
            arrived.addAll(arrived(
                    some,
                    HandOverRequest.newBuilder()
                            .addAllOpaque(
                                    some.stream().map(GrpcHandOvers::opaque).toList())));
        }
        return arrived;
    }

    /** Which of the rows that a request is made of have arrived. */
    private List<StreamPosition> arrived(List<OutboxRow> rows, HandOverRequest.Builder request) {
        HandOverResponse response = ask(request.setEnvelope(Envelope.newBuilder()
                        .setEpoch(installation.epoch())
                        .setJournal(rows.stream()
                                .mapToLong(OutboxRow::journal)
                                .max()
                                .orElse(0)))
                .build());
        if (response.getOutcomesCount() != rows.size()) {
            throw new IllegalStateException(
                    response.getOutcomesCount() + " outcomes for " + rows.size() + " hand-overs");
        }
        List<StreamPosition> arrived = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            if (arrived(rows.get(i), response.getOutcomes(i))) {
                arrived.add(rows.get(i).position());
            }
        }
        return arrived;
    }

    private List<HandOverOrder> orders(List<Together> together) {
        Map<OrderNumber, String> sheetOf = sheets.of(
                together.stream().map(order -> OrderNumber.parse(order.name())).toList());
        return together.stream()
                .map(order -> order(order.lines().getFirst().handOver())
                        .addAllLines(order.lines().stream()
                                .map(line -> line(line.row(), line.handOver()))
                                .toList())
                        .setSheet(sheetOf.getOrDefault(OrderNumber.parse(order.name()), ""))
                        .build())
                .toList();
    }

    /** Without an answer the relay carries all again. */
    private HandOverResponse ask(HandOverRequest request) {
        try {
            HandOverResponse response = HandOverServiceGrpc.newBlockingStub(channels.next())
                    .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .handOver(request);
            if (response.getCallerEpoch() != installation.epoch()) {
                throw new Unreached(DISPATCH_LAYER, "it belongs to another epoch: " + response.getCallerEpoch());
            }
            return response;
        } catch (StatusRuntimeException e) {
            throw Statuses.passing(e.getStatus())
                    ? new Unreached(DISPATCH_LAYER, e.getStatus().toString())
                    : e;
        }
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
    private static void log(HandOverOrder order) {
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

    private static OpaqueHandOver opaque(OutboxRow row) {
        byte[] payload = row.payload().getBytes(StandardCharsets.UTF_8);
        return OpaqueHandOver.newBuilder()
                .setPosition(Protos.of(row.position()))
                .setMessageId(row.id())
                .setType(row.type())
                .setEpoch(row.epoch())
                .setJournal(row.journal())
                .setTraceParent(row.traceParent())
                .setDocument(row.document())
                .setPayload(ByteString.copyFrom(payload, 0, Math.min(payload.length, MOST_OPAQUE)))
                .build();
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
