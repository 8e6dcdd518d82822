package org.tierstock.sales.adapter.in.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.trace.TraceContext;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.v1.CancelBatchRequest;
import org.tierstock.sales.v1.CancelBatchResponse;
import org.tierstock.sales.v1.CancelRequest;
import org.tierstock.sales.v1.CancelResponse;
import org.tierstock.sales.v1.OrderService;
import org.tierstock.sales.v1.PayBatchRequest;
import org.tierstock.sales.v1.PayBatchResponse;
import org.tierstock.sales.v1.PayRequest;
import org.tierstock.sales.v1.PayResponse;
import org.tierstock.sales.v1.PlaceBatchRequest;
import org.tierstock.sales.v1.PlaceBatchResponse;
import org.tierstock.sales.v1.PlaceRequest;
import org.tierstock.sales.v1.PlaceResponse;

/**
 * Places, pays and cancels orders (S11, S24, S31, S69).
 *
 * <p>Nothing blocks: a request is queued on the event loop and answered by the thread that committed it. A batch is queued
 * command by command, so its orders share transactions with everybody else's: all of it, or none when there is no room.
 */
@GrpcService
public class OrderGrpcService implements OrderService {
    /** The most documents that one batch call may carry. */
    static final int MAX_BATCH = 1_000;

    private final GroupCommit<PlaceOrder, PlaceOutcome> placing;
    private final GroupCommit<ConfirmPayment, PaymentOutcome> paying;
    private final GroupCommit<CancelOrder, CancelOutcome> cancelling;

    @Inject
    public OrderGrpcService(
            GroupCommit<PlaceOrder, PlaceOutcome> placing,
            GroupCommit<ConfirmPayment, PaymentOutcome> paying,
            GroupCommit<CancelOrder, CancelOutcome> cancelling) {
        this.placing = placing;
        this.paying = paying;
        this.cancelling = cancelling;
    }

    @Override
    public Uni<PlaceResponse> place(PlaceRequest request) {
        PlaceOrder asked = Requests.of(request, TraceContext.current().traceParent());
        Caller caller = Caller.current();
        caller.needsChannel(asked.number().channel());
        return one(placing.submit(caller.sendingFor(asked.number().channel()), lane(asked), asked), Responses::of);
    }

    @Override
    public Uni<PlaceBatchResponse> placeBatch(PlaceBatchRequest request) {
        Caller caller = Caller.current();
        String traceParent = TraceContext.current().traceParent();
        List<PlaceOrder> asked = commands(request.getOrdersList(), order -> Requests.of(order, traceParent));
        asked.forEach(order -> caller.needsChannel(order.number().channel()));
        return one(
                placing.submitAll(order -> caller.sendingFor(order.number().channel()), OrderGrpcService::lane, asked),
                outcomes -> {
                    PlaceBatchResponse.Builder response = PlaceBatchResponse.newBuilder();
                    outcomes.forEach(outcome -> response.addOutcomes(Responses.of(outcome)));
                    return response.build();
                });
    }

    @Override
    public Uni<PayResponse> pay(PayRequest request) {
        ConfirmPayment asked = Requests.of(request);
        Caller caller = Caller.current();
        caller.needsChannel(asked.order().channel());
        return one(paying.submit(caller.sendingFor(asked.order().channel()), lane(asked), asked), Responses::of);
    }

    @Override
    public Uni<PayBatchResponse> payBatch(PayBatchRequest request) {
        Caller caller = Caller.current();
        List<ConfirmPayment> asked = commands(request.getPaymentsList(), Requests::of);
        asked.forEach(payment -> caller.needsChannel(payment.order().channel()));
        return one(
                paying.submitAll(
                        payment -> caller.sendingFor(payment.order().channel()), OrderGrpcService::lane, asked),
                outcomes -> {
                    PayBatchResponse.Builder response = PayBatchResponse.newBuilder();
                    outcomes.forEach(outcome -> response.addOutcomes(Responses.of(outcome)));
                    return response.build();
                });
    }

    @Override
    public Uni<CancelResponse> cancel(CancelRequest request) {
        CancelOrder asked = Requests.of(request);
        Caller caller = Caller.current();
        caller.needsChannel(asked.order().channel());
        return one(cancelling.submit(caller.sendingFor(asked.order().channel()), lane(asked), asked), Responses::of);
    }

    @Override
    public Uni<CancelBatchResponse> cancelBatch(CancelBatchRequest request) {
        Caller caller = Caller.current();
        List<CancelOrder> asked = commands(request.getCancellationsList(), Requests::of);
        asked.forEach(cancel -> caller.needsChannel(cancel.order().channel()));
        return one(
                cancelling.submitAll(
                        cancel -> caller.sendingFor(cancel.order().channel()), OrderGrpcService::lane, asked),
                outcomes -> {
                    CancelBatchResponse.Builder response = CancelBatchResponse.newBuilder();
                    outcomes.forEach(outcome -> response.addOutcomes(Responses.of(outcome)));
                    return response.build();
                });
    }

    private static String lane(PlaceOrder asked) {
        return asked.lines().getFirst().sku().code();
    }

    private static String lane(ConfirmPayment asked) {
        return asked.order().text();
    }

    private static String lane(CancelOrder asked) {
        return asked.order().text();
    }

    private static <Q, C> List<C> commands(List<Q> requests, Function<Q, C> command) {
        if (requests.isEmpty() || requests.size() > MAX_BATCH) {
            throw new InvalidValue("batch", "must hold 1 to " + MAX_BATCH + " documents");
        }
        List<C> commands = new ArrayList<>(requests.size());
        for (Q request : requests) {
            commands.add(command.apply(request));
        }
        return commands;
    }

    private static <O, A> Uni<A> one(CompletionStage<O> outcome, Function<O, A> answer) {
        return Uni.createFrom().completionStage(outcome.thenApply(answer));
    }
}
