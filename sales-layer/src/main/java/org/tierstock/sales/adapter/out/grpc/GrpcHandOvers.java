package org.tierstock.sales.adapter.out.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.dispatch.v1.HandOverLine;
import org.tierstock.dispatch.v1.HandOverOrder;
import org.tierstock.dispatch.v1.HandOverRequest;
import org.tierstock.dispatch.v1.HandOverResponse;
import org.tierstock.dispatch.v1.HandOverServiceGrpc;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.protocol.v1.ChannelKey;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.calls.Protos;
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

    @Override
    public Set<StreamPosition> carry(List<OutboxRow> rows) {
        Map<String, HandOverOrder.Builder> orders = new LinkedHashMap<>();
        long journal = 0;
        for (OutboxRow row : rows) {
            HandOver handOver =
                    MessageCodec.read(row.type(), row.payload().getBytes(StandardCharsets.UTF_8), HandOver.class);
            orders.computeIfAbsent(handOver.order(), number -> order(handOver)).addLines(line(row, handOver));
            journal = Math.max(journal, row.journal());
        }
        sheets.of(orders.keySet().stream().map(OrderNumber::parse).toList())
                .forEach((order, sheet) -> orders.get(order.text()).setSheet(sheet));
        HandOverRequest.Builder request = HandOverRequest.newBuilder()
                .setEnvelope(
                        Envelope.newBuilder().setEpoch(installation.epoch()).setJournal(journal));
        orders.values().forEach(request::addOrders);
        // The answer says that every line is applied, now or before; without one the relay carries all again.
        HandOverResponse response = HandOverServiceGrpc.newBlockingStub(channels.next())
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .handOver(request.build());
        if (response.getCallerEpoch() != installation.epoch()) {
            throw new IllegalStateException("The answer belongs to another epoch: " + response.getCallerEpoch());
        }
        orders.values().forEach(GrpcHandOvers::log);
        return Set.of();
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
