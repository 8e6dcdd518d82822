package org.tierstock.dispatch.adapter.in.grpc;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.dispatch.application.CancelLines.CancelLine;
import org.tierstock.dispatch.application.SourceOrders.PaidOrder;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.dispatch.v1.CancelLinesRequest;
import org.tierstock.dispatch.v1.CancelOfLine;
import org.tierstock.dispatch.v1.HandOverLine;
import org.tierstock.dispatch.v1.HandOverOrder;
import org.tierstock.dispatch.v1.HandOverRequest;
import org.tierstock.dispatch.v1.OpaqueHandOver;
import org.tierstock.dispatch.v1.OrderCancels;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Brought;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.reconcile.Cut;

/** Requests as commands. What a field cannot be is an {@link InvalidValue}. */
final class Requests {
    /** The most orders, the most lines of an order, and the most cancels, that one call may carry. */
    static final int MAX_BATCH = 1_000;

    /** The most lines that all orders of a call may have. */
    static final int MAX_LINES = 4 * MAX_BATCH;

    private static final List<String> STREAMS = List.of(Streams.DISPATCH_TO_SALES, Streams.SALES_TO_DISPATCH);

    /** The most bytes of a hand-over that comes as it stands; more than any that can be read has. */
    private static final int MAX_PAYLOAD = 64 * 1024;

    /** The most characters of what names a hand-over that comes as it stands: an index has it. */
    private static final int MAX_NAME = 500;

    private Requests() {}

    /** The orders of a call. Their lines are still to be looked at. */
    static List<HandOverOrder> orders(HandOverRequest request) {
        if (request.getOpaqueCount() == 0 || request.getOrdersCount() > 0) {
            bounded("orders", request.getOrdersList());
        }
        int lines = 0;
        for (HandOverOrder order : request.getOrdersList()) {
            bounded("lines", order.getLinesList());
            requireHead(order);
            lines += order.getLinesCount();
        }
        if (lines > MAX_LINES) {
            throw new InvalidValue("lines", "must be at most " + MAX_LINES + " in all orders of a call");
        }
        return request.getOrdersList();
    }

    /** What an order says for all of its lines is looked at before anything is made of them: each that is parked would have it. */
    private static void requireHead(HandOverOrder order) {
        Code.number("order", order.getOrder());
        Code.of("shipRegion", order.getShipRegion());
        Code.of("deliveryMethod", order.getDeliveryMethod());
        Code.opaque("addressReference", order.getAddressReference());
        Code.opaque("traceParent", order.getTraceParent());
        MessageCodec.sheet(order.getSheet());
    }

    /** An order with all of its lines; {@link CannotApply} when one of them cannot be read. */
    static PaidOrder paid(HandOverOrder order) {
        List<Received<HandOver>> lines = new ArrayList<>(order.getLinesCount());
        for (HandOverLine line : order.getLinesList()) {
            StreamPosition position = new StreamPosition(
                    line.getPosition().getStream(),
                    line.getPosition().getPartition(),
                    line.getPosition().getSequence());
            HandOver handOver = new HandOver(
                    order.getOrder(),
                    line.getOrderLine(),
                    key(line.getKey()),
                    line.getQuantity(),
                    order.getShipRegion(),
                    order.getDeliveryMethod(),
                    order.getAddressReference(),
                    order.getTraceParent(),
                    // Once for all lines of the order: it is large.
                    lines.isEmpty() ? order.getSheet() : "");
            lines.add(new Received<>(MessageCodec.validated(handOver), position, line.getEpoch(), line.getJournal()));
        }
        return new PaidOrder(lines);
    }

    /** Each line of an order as a message of its own. */
    static List<Brought> brought(HandOverOrder order) {
        List<Brought> lines = new ArrayList<>(order.getLinesCount());
        for (HandOverLine line : order.getLinesList()) {
            JsonObject json = new JsonObject()
                    .put("order", order.getOrder())
                    .put("orderLine", line.getOrderLine())
                    .put(
                            "key",
                            new JsonObject()
                                    .put("channel", line.getKey().getChannel())
                                    .put("deliveryMethod", line.getKey().getDeliveryMethod())
                                    .put("quality", line.getKey().getQuality())
                                    .put("shipRegion", line.getKey().getShipRegion())
                                    .put("sku", line.getKey().getSku()))
                    .put("quantity", line.getQuantity())
                    .put("shipRegion", order.getShipRegion())
                    .put("deliveryMethod", order.getDeliveryMethod())
                    .put("addressReference", order.getAddressReference())
                    .put("traceParent", order.getTraceParent())
                    .put("sheet", lines.isEmpty() ? order.getSheet() : "");
            lines.add(new Brought(
                    line.getMessageId(),
                    HandOver.class.getSimpleName(),
                    line.getPosition().getStream(),
                    line.getPosition().getPartition(),
                    line.getPosition().getSequence(),
                    line.getEpoch(),
                    line.getJournal(),
                    order.getTraceParent(),
                    order.getOrder() + '/' + line.getOrderLine(),
                    json.encode().getBytes(StandardCharsets.UTF_8)));
        }
        return lines;
    }

    /** Hand-overs that come as they stand, each a message that is not to be believed yet. */
    static List<Brought> opaque(HandOverRequest request) {
        if (request.getOpaqueCount() > 0) {
            bounded("opaque", request.getOpaqueList());
        }
        return request.getOpaqueList().stream().map(Requests::brought).toList();
    }

    private static Brought brought(OpaqueHandOver opaque) {
        named("messageId", opaque.getMessageId());
        named("type", opaque.getType());
        named("traceParent", opaque.getTraceParent());
        named("document", opaque.getDocument());
        if (opaque.getPayload().size() > MAX_PAYLOAD) {
            throw new InvalidValue("payload", "is longer than " + MAX_PAYLOAD + " bytes");
        }
        return new Brought(
                opaque.getMessageId(),
                opaque.getType(),
                opaque.getPosition().getStream(),
                opaque.getPosition().getPartition(),
                opaque.getPosition().getSequence(),
                opaque.getEpoch(),
                opaque.getJournal(),
                opaque.getTraceParent(),
                opaque.getDocument(),
                opaque.getPayload().toByteArray());
    }

    private static void named(String field, String text) {
        if (text.length() > MAX_NAME) {
            throw new InvalidValue(field, "is longer than " + MAX_NAME + " characters");
        }
    }

    private static ChannelKey key(org.tierstock.protocol.v1.ChannelKey key) {
        return new ChannelKey(
                key.getChannel(),
                key.getDeliveryMethod(),
                Quality.named(key.getQuality()),
                key.getShipRegion(),
                new Sku(key.getSku()));
    }

    static List<CancelLine> of(CancelLinesRequest request) {
        List<CancelLine> cancels = new ArrayList<>();
        for (OrderCancels order : request.getOrdersList()) {
            String number = Code.number("order", order.getOrder());
            String sheet = MessageCodec.sheet(order.getSheet());
            for (CancelOfLine cancel : order.getCancelsList()) {
                cancels.add(new CancelLine(
                        new LineNumber(number, orderLine(cancel.getOrderLine())),
                        cancel.getCancel(),
                        cancel.getQuantity(),
                        journal(request.getEnvelope()),
                        sheet));
            }
        }
        bounded("cancels", cancels);
        return cancels;
    }

    static String order(String order) {
        return Code.number("order", order);
    }

    /** A cut of the two streams between sales and this layer. */
    static Cut cut(List<org.tierstock.protocol.v1.AppliedPosition> positions) {
        return Cut.whole(STREAMS, applied(positions));
    }

    /** The only SKU that is asked for; empty for all. */
    static String sku(String sku) {
        return sku.isEmpty() ? sku : Code.of("sku", sku);
    }

    /** Up to where the caller needs nothing any more of the two streams. */
    static List<StreamPosition> released(List<org.tierstock.protocol.v1.StreamPosition> positions) {
        List<StreamPosition> released = new ArrayList<>(positions.size());
        for (org.tierstock.protocol.v1.StreamPosition position : positions) {
            if (!withSales(position.getStream())) {
                throw new InvalidValue("stream", "must be one of " + STREAMS);
            }
            released.add(new StreamPosition(position.getStream(), position.getPartition(), position.getSequence()));
        }
        return released;
    }

    /** True for a stream between sales and this layer. */
    static boolean withSales(String stream) {
        return STREAMS.contains(stream);
    }

    private static List<AppliedPosition> applied(List<org.tierstock.protocol.v1.AppliedPosition> positions) {
        List<AppliedPosition> applied = new ArrayList<>(positions.size());
        for (org.tierstock.protocol.v1.AppliedPosition position : positions) {
            if (!withSales(position.getStream())) {
                throw new InvalidValue("stream", "must be one of " + STREAMS);
            }
            applied.add(Protos.of(position));
        }
        return applied;
    }

    private static PeerJournal journal(Envelope envelope) {
        return new PeerJournal(envelope.getEpoch(), envelope.getJournal());
    }

    private static int orderLine(int line) {
        return DocumentLine.lineNumber("orderLine", line);
    }

    private static void bounded(String field, List<?> items) {
        if (items.isEmpty() || items.size() > MAX_BATCH) {
            throw new InvalidValue(field, "must hold 1 to " + MAX_BATCH + " of them");
        }
    }
}
