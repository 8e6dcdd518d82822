package org.tierstock.integration.load;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tierstock.sales.v1.CancelBatchRequest;
import org.tierstock.sales.v1.CancelBatchResponse;
import org.tierstock.sales.v1.CancelLine;
import org.tierstock.sales.v1.CancelRequest;
import org.tierstock.sales.v1.CancelResponse;
import org.tierstock.sales.v1.Cancelled;
import org.tierstock.sales.v1.OrderLine;
import org.tierstock.sales.v1.OrderServiceGrpc;
import org.tierstock.sales.v1.PayBatchRequest;
import org.tierstock.sales.v1.PayBatchResponse;
import org.tierstock.sales.v1.PayRequest;
import org.tierstock.sales.v1.PayResponse;
import org.tierstock.sales.v1.PlaceBatchRequest;
import org.tierstock.sales.v1.PlaceBatchResponse;
import org.tierstock.sales.v1.PlaceRequest;
import org.tierstock.sales.v1.PlaceResponse;
import org.tierstock.sales.v1.Refused;

/**
 * Through gRPC, many documents in one call, one call at a time. A connection on which a call was not answered is given up:
 * what the next one would wait for on it might never come.
 */
final class GrpcBatchDesk implements OrderDesk, AutoCloseable {
    /** What was answered to a call, and whether an earlier try at it may still be under way. */
    private record Said<A>(A answer, boolean repeated) {}

    private final GrpcReplicas replicas;
    private final Traffic traffic;
    private final Map<String, ManagedChannel> connected = new HashMap<>();
    private int turn;

    GrpcBatchDesk(GrpcReplicas replicas, Traffic traffic) {
        this.replicas = replicas;
        this.traffic = traffic;
    }

    @Override
    public List<Told<String>> place(List<KeptOrder> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        PlaceBatchRequest.Builder request = PlaceBatchRequest.newBuilder();
        orders.forEach(order -> request.addOrders(order(order)));
        Said<PlaceBatchResponse> said = ask(OrderServiceGrpc.getPlaceBatchMethod(), request.build());
        return said.answer().getOutcomesList().stream()
                .map(outcome -> placed(outcome, said.repeated()))
                .toList();
    }

    @Override
    public List<Told<KeptOrder.Payment>> pay(List<KeptOrder> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        PayBatchRequest.Builder request = PayBatchRequest.newBuilder();
        orders.forEach(order -> request.addPayments(
                PayRequest.newBuilder().setOrderNumber(order.number()).setPaymentNumber(order.paymentNumber())));
        Said<PayBatchResponse> said = ask(OrderServiceGrpc.getPayBatchMethod(), request.build());
        return said.answer().getOutcomesList().stream()
                .map(outcome -> paid(outcome, said.repeated()))
                .toList();
    }

    @Override
    public List<Told<List<CancelledLine>>> cancel(List<Cancellation> cancellations) {
        if (cancellations.isEmpty()) {
            return List.of();
        }
        CancelBatchRequest.Builder request = CancelBatchRequest.newBuilder();
        cancellations.forEach(cancellation -> request.addCancellations(cancellation(cancellation)));
        Said<CancelBatchResponse> said = ask(OrderServiceGrpc.getCancelBatchMethod(), request.build());
        return said.answer().getOutcomesList().stream()
                .map(outcome -> cancelled(outcome, said.repeated()))
                .toList();
    }

    @Override
    public void close() {
        connected.values().forEach(ManagedChannel::shutdownNow);
    }

    @Override
    public String toString() {
        return "gRPC batch";
    }

    private <Q, A> Said<A> ask(MethodDescriptor<Q, A> method, Q request) {
        String name = method.getFullMethodName();
        Attempts attempts = new Attempts(name, traffic);
        while (true) {
            attempts.next();
            String replica =
                    replicas.addresses().get(turn++ % replicas.addresses().size());
            long began = System.nanoTime();
            try {
                A answer = ClientCalls.blockingUnaryCall(
                        connected.computeIfAbsent(replica, replicas::connect),
                        method,
                        CallOptions.DEFAULT.withDeadlineAfter(
                                LayerClient.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS),
                        request);
                traffic.answered();
                return new Said<>(answer, attempts.repeated());
            } catch (StatusRuntimeException unanswered) {
                attempts.unanswered(unanswered.toString());
                connected.remove(replica).shutdownNow();
                count(unanswered.getStatus(), name + " at " + replica, began);
            }
        }
    }

    private void count(Status status, String call, long began) {
        switch (status.getCode()) {
            case UNAVAILABLE, RESOURCE_EXHAUSTED -> {}
            case DEADLINE_EXCEEDED -> traffic.silent(new Traffic.Silence(call, began));
            case INTERNAL, UNKNOWN -> traffic.broken(call + ": " + status);
            default -> throw new LoadFailure("refused with " + status + ": " + call);
        }
    }

    private static PlaceRequest order(KeptOrder order) {
        PlaceRequest.Builder request = PlaceRequest.newBuilder()
                .setChannel(order.channel().code())
                .setChannelOrderNumber(order.channelOrderNumber());
        order.lines()
                .values()
                .forEach(line ->
                        request.addLines(OrderLine.newBuilder().setSku(line.sku).setQuantity(line.quantity)));
        return request.build();
    }

    private static CancelRequest cancellation(Cancellation cancellation) {
        CancelRequest.Builder request = CancelRequest.newBuilder()
                .setOrderNumber(cancellation.order().number())
                .setCancellationNumber(cancellation.number())
                .setReasonCode(Cancellation.REASON);
        cancellation
                .lines()
                .forEach((line, units) ->
                        request.addLines(CancelLine.newBuilder().setLine(line).setQuantity(units)));
        return request.build();
    }

    private static Told<String> placed(PlaceResponse answer, boolean repeated) {
        return switch (answer.getOutcomeCase()) {
            case PLACED ->
                told(answer.getPlaced().getOrderNumber(), answer.getPlaced().getReplayed(), repeated);
            case REFUSED -> refused(answer.getRefused(), NO_STOCK, repeated);
            case OUTCOME_NOT_SET -> throw new LoadFailure("an order without an outcome");
        };
    }

    private static Told<KeptOrder.Payment> paid(PayResponse answer, boolean repeated) {
        return switch (answer.getOutcomeCase()) {
            case PAID -> told(KeptOrder.Payment.PAID, answer.getPaid().getReplayed(), repeated);
            case REFUND_DUE ->
                told(KeptOrder.Payment.REFUND_DUE, answer.getRefundDue().getReplayed(), repeated);
            case REFUSED -> refused(answer.getRefused(), NO_ORDER, repeated);
            case OUTCOME_NOT_SET -> throw new LoadFailure("a payment without an outcome");
        };
    }

    private static Told<List<CancelledLine>> cancelled(CancelResponse answer, boolean repeated) {
        return switch (answer.getOutcomeCase()) {
            case CANCELLED -> {
                Cancelled cancelled = answer.getCancelled();
                yield told(
                        cancelled.getLinesList().stream()
                                .map(line -> new CancelledLine(
                                        line.getLine(), line.getDone(), line.getRefused(), line.getPending()))
                                .toList(),
                        cancelled.getReplayed(),
                        repeated);
            }
            case REFUSED -> refused(answer.getRefused(), NO_ORDER, repeated);
            case OUTCOME_NOT_SET -> throw new LoadFailure("a cancellation without an outcome");
        };
    }

    private static <T> Told<T> told(T said, boolean replayed, boolean repeated) {
        return new Told<>(Optional.of(said), replayed, repeated);
    }

    private static <T> Told<T> refused(Refused refused, String noOrder, boolean repeated) {
        if (refused.getCode().equals(noOrder)) {
            return Told.noOrder(repeated);
        }
        throw new LoadFailure("refused with " + refused.getCode() + ": " + refused.getDetail());
    }
}
