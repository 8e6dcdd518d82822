package org.tierstock.warehouse.adapter.in.grpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tierstock.movements.Cell;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.warehouse.application.LockStock;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.v1.CancelOutboundRequest;
import org.tierstock.warehouse.v1.LockStockRequest;
import org.tierstock.warehouse.v1.OutboundRequest;

/** Requests as commands. What a field cannot be is an {@link InvalidValue}. */
final class Requests {
    /** The most documents that one call may carry. */
    static final int MAX_BATCH = 1_000;

    private Requests() {}

    static List<LockStock.Request> of(LockStockRequest request) {
        PeerJournal asker = asker(request.getEnvelope());
        return commands("outbounds", request.getOutboundsList(), outbound -> {
            OutboundOrder order = order(outbound, asker);
            if (!order.warehouse().equals(request.getWarehouse())) {
                throw new InvalidValue("cell", "must be one of warehouse " + request.getWarehouse());
            }
            return new LockStock.Request(order, request.getLow());
        });
    }

    private static OutboundOrder order(OutboundRequest outbound, PeerJournal asker) {
        return new OutboundOrder(
                outbound.getOutbound(),
                outbound.getNumber(),
                outbound.getOrder(),
                outbound.getOrderLine(),
                cell(outbound.getCell()),
                outbound.getQuantity(),
                outbound.getAddressReference(),
                outbound.getShipRegion(),
                outbound.getDeliveryMethod(),
                outbound.getTraceParent(),
                asker);
    }

    private static Cell cell(org.tierstock.protocol.v1.Cell cell) {
        return new Cell(
                new NodeKey(
                        cell.getNode(), cell.getVirtualWarehouse(), cell.getOwner(), Quality.named(cell.getQuality())),
                new Sku(cell.getSku()));
    }

    static List<OutboundCancel> of(CancelOutboundRequest request) {
        PeerJournal asker = asker(request.getEnvelope());
        return commands(
                "cancels",
                request.getCancelsList(),
                cancel -> new OutboundCancel(
                        request.getWarehouse(),
                        cancel.getOutbound(),
                        cancel.getRequest(),
                        cancel.getQuantity(),
                        asker));
    }

    static List<String> outbounds(List<String> outbounds) {
        return commands("outbounds", outbounds, outbound -> Code.number("outbounds", outbound));
    }

    /** Up to where the caller needs nothing any more of this layer's streams, and of its own outbounds. */
    static List<StreamPosition> released(List<org.tierstock.protocol.v1.StreamPosition> positions) {
        List<StreamPosition> released = new ArrayList<>(positions.size());
        for (org.tierstock.protocol.v1.StreamPosition position : positions) {
            String stream = position.getStream();
            if (!Streams.isFromWarehouse(stream) && !Streams.isOutbounds(stream)) {
                throw new InvalidValue("stream", "must be one of this layer's");
            }
            released.add(new StreamPosition(stream, position.getPartition(), position.getSequence()));
        }
        return released;
    }

    private static List<AppliedPosition> applied(List<org.tierstock.protocol.v1.AppliedPosition> positions) {
        List<AppliedPosition> applied = new ArrayList<>(positions.size());
        for (org.tierstock.protocol.v1.AppliedPosition position : positions) {
            if (!Streams.isFromWarehouse(position.getStream())) {
                throw new InvalidValue("stream", "must be one of this layer's");
            }
            applied.add(Protos.of(position));
        }
        return applied;
    }

    /** Some warehouses. */
    static List<String> warehouses(List<String> warehouses) {
        if (warehouses.isEmpty() || warehouses.size() > MAX_BATCH) {
            throw new InvalidValue("warehouses", "must be 1 to " + MAX_BATCH);
        }
        warehouses.forEach(warehouse -> Code.of("warehouse", warehouse));
        return warehouses;
    }

    /** The only SKU that is asked for; empty for all. */
    static String sku(String sku) {
        return sku.isEmpty() ? sku : Code.of("sku", sku);
    }

    /** A cut of these warehouses' streams. */
    static Cut cut(List<String> warehouses, List<org.tierstock.protocol.v1.AppliedPosition> positions) {
        Map<String, String> scopes = new HashMap<>();
        warehouses.forEach(warehouse -> scopes.put(Streams.fromWarehouse(warehouse), warehouse));
        List<AppliedPosition> applied = applied(positions);
        if (!applied.stream().allMatch(position -> scopes.containsKey(position.stream()))) {
            throw new InvalidValue("cut", "must be of the warehouses' streams");
        }
        return new Cut(scopes, applied);
    }

    private static PeerJournal asker(Envelope envelope) {
        return new PeerJournal(envelope.getEpoch(), envelope.getJournal());
    }

    private static <Q, C> List<C> commands(String field, List<Q> requests, Function<Q, C> command) {
        if (requests.isEmpty() || requests.size() > MAX_BATCH) {
            throw new InvalidValue(field, "must hold 1 to " + MAX_BATCH + " documents");
        }
        List<C> commands = new ArrayList<>(requests.size());
        for (Q request : requests) {
            commands.add(command.apply(request));
        }
        return commands;
    }
}
