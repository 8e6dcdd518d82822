package org.tierstock.sales.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.trace.TraceContext;
import org.tierstock.sales.adapter.in.rest.Bodies.CancellationBatch;
import org.tierstock.sales.adapter.in.rest.Bodies.CancellationBody;
import org.tierstock.sales.adapter.in.rest.Bodies.CancellationOfOrder;
import org.tierstock.sales.adapter.in.rest.Bodies.CancellationRequest;
import org.tierstock.sales.adapter.in.rest.Bodies.CancellationResult;
import org.tierstock.sales.adapter.in.rest.Bodies.CancellationResults;
import org.tierstock.sales.adapter.in.rest.Bodies.OrderBatch;
import org.tierstock.sales.adapter.in.rest.Bodies.OrderBody;
import org.tierstock.sales.adapter.in.rest.Bodies.OrderRequest;
import org.tierstock.sales.adapter.in.rest.Bodies.OrderResult;
import org.tierstock.sales.adapter.in.rest.Bodies.OrderResults;
import org.tierstock.sales.adapter.in.rest.Bodies.PaymentBatch;
import org.tierstock.sales.adapter.in.rest.Bodies.PaymentBody;
import org.tierstock.sales.adapter.in.rest.Bodies.PaymentOfOrder;
import org.tierstock.sales.adapter.in.rest.Bodies.PaymentRequest;
import org.tierstock.sales.adapter.in.rest.Bodies.PaymentResult;
import org.tierstock.sales.adapter.in.rest.Bodies.PaymentResults;
import org.tierstock.sales.application.port.OrderQueries;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;

/**
 * Orders and what happens to them (S11, S24, S29, S31, S69). An order's number is {@code channel:channelOrderNumber}.
 *
 * <p>A request that changes something never blocks a thread: it is queued, and answered by the thread that committed it.
 */
@Path("/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "orders")
@Scoped
public class OrderResource {
    private final Caller caller;
    private final OrderQueries orders;
    private final GroupCommit<PlaceOrder, PlaceOutcome> placing;
    private final GroupCommit<ConfirmPayment, PaymentOutcome> paying;
    private final GroupCommit<CancelOrder, CancelOutcome> cancelling;

    @Inject
    public OrderResource(
            Caller caller,
            OrderQueries orders,
            GroupCommit<PlaceOrder, PlaceOutcome> placing,
            GroupCommit<ConfirmPayment, PaymentOutcome> paying,
            GroupCommit<CancelOrder, CancelOutcome> cancelling) {
        this.caller = caller;
        this.orders = orders;
        this.placing = placing;
        this.paying = paying;
        this.cancelling = cancelling;
    }

    @POST
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR})
    @Operation(
            operationId = "placeOrder",
            summary = "Places an order and locks its stock: all lines or none",
            description = "Channel and channelOrderNumber make it idempotent: the same order again is answered 200 with"
                    + " Idempotent-Replayed, other content 409 DOCUMENT_REUSED. 409 INSUFFICIENT_STOCK lists what is"
                    + " missing.")
    @APIResponse(
            responseCode = "201",
            description = "The order is placed",
            content = @Content(schema = @Schema(implementation = OrderBody.class)))
    public CompletionStage<Response> place(OrderRequest request) {
        PlaceOrder asked =
                Bodies.present("body", request).command(TraceContext.current().traceParent());
        permit(asked);
        return submit(asked).thenApply(outcome -> Answer.of(outcome).response());
    }

    @POST
    @Path("/batch")
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR})
    @Operation(
            operationId = "placeOrders",
            summary = "Places many orders; each has its own result, in the order asked",
            description = "A result has the status, and the order or the problem, that the single request would have.")
    public CompletionStage<OrderResults> placeBatch(OrderBatch batch) {
        String traceParent = TraceContext.current().traceParent();
        return Batch.submit(
                        Batch.of("orders", Bodies.present("body", batch).orders()),
                        order -> order.command(traceParent),
                        this::permit,
                        this::submit,
                        Answer::of)
                .thenApply(answers -> new OrderResults(answers.stream()
                        .map(a -> new OrderResult(a.status(), a.document(), a.problemDocument()))
                        .toList()));
    }

    private void permit(PlaceOrder asked) {
        caller.needsChannel(asked.number().channel());
    }

    private CompletionStage<PlaceOutcome> submit(PlaceOrder asked) {
        return placing.submit(
                caller.sendingFor(asked.number().channel()),
                asked.lines().getFirst().sku().code(),
                asked);
    }

    @GET
    @Path("/{orderNumber}")
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR, Roles.AUDITOR})
    @RunOnVirtualThread
    @Operation(operationId = "order", summary = "An order as it is")
    public OrderBody order(@PathParam("orderNumber") String orderNumber) {
        OrderNumber number = OrderNumber.parse(orderNumber);
        caller.needsChannel(number.channel());
        return orders.find(number).map(OrderBody::of).orElseThrow(() -> Problem.notFound("order", number.text()));
    }

    @GET
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR, Roles.AUDITOR})
    @RunOnVirtualThread
    @Operation(
            operationId = "orders",
            summary = "Orders by number, of one channel and state if asked",
            description =
                    "A page has at most 10000 lines, or one order: it may hold fewer orders than the limit and yet"
                            + " have a next one.")
    public Page<OrderBody> list(
            @QueryParam("channel") String channel,
            @QueryParam("state") OrderState state,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        if (channel != null) {
            caller.needsChannel(channel);
        }
        boolean any = channel == null && caller.mayUseAllChannels();
        Set<String> channels = channel == null ? caller.channels() : Set.of(channel);
        Cursor after = Cursor.parse(cursor, 1);
        OrderQueries.Found found = orders.list(
                new OrderQueries.Filter(any, channels, Optional.ofNullable(state)),
                after == null ? "" : after.part(0),
                Limit.of(limit).rows());
        return Page.of(
                        found.orders(),
                        found.more(),
                        order -> Cursor.of(order.number().text()))
                .map(OrderBody::of);
    }

    @POST
    @Path("/{orderNumber}/payment")
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR})
    @Operation(
            operationId = "payOrder",
            summary = "Records the payment of an order",
            description = "Answers PAID, or REFUND_DUE when the money must go back: SOLD_OUT, ORDER_CANCELLED or"
                    + " ORDER_REFUNDED. The payment's number is unique for the channel and makes it idempotent; another"
                    + " payment of a paid order is refused 409 ALREADY_PAID.")
    @APIResponse(
            responseCode = "201",
            description = "The payment is recorded",
            content = @Content(schema = @Schema(implementation = PaymentBody.class)))
    public CompletionStage<Response> pay(@PathParam("orderNumber") String orderNumber, PaymentRequest request) {
        ConfirmPayment asked = Bodies.present("body", request).command(orderNumber);
        permit(asked);
        return submit(asked).thenApply(outcome -> Answer.of(outcome).response());
    }

    @POST
    @Path("/payments")
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR})
    @Operation(
            operationId = "payOrders",
            summary = "Records many payments; each has its own result, in the order asked")
    public CompletionStage<PaymentResults> payBatch(PaymentBatch batch) {
        return Batch.submit(
                        Batch.of("payments", Bodies.present("body", batch).payments()),
                        PaymentOfOrder::command,
                        this::permit,
                        this::submit,
                        Answer::of)
                .thenApply(answers -> new PaymentResults(answers.stream()
                        .map(a -> new PaymentResult(a.status(), a.document(), a.problemDocument()))
                        .toList()));
    }

    private void permit(ConfirmPayment asked) {
        caller.needsChannel(asked.order().channel());
    }

    private CompletionStage<PaymentOutcome> submit(ConfirmPayment asked) {
        return paying.submit(
                caller.sendingFor(asked.order().channel()), asked.order().text(), asked);
    }

    @POST
    @Path("/{orderNumber}/cancellation")
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR})
    @Operation(
            operationId = "cancelOrder",
            summary = "Cancels quantities of an order; without lines, everything that is left",
            description =
                    "Each line answers what is done, refused, or pending until the dispatch layer has answered. The"
                            + " cancellation's number is unique for the channel and makes it idempotent.")
    @APIResponse(
            responseCode = "201",
            description = "The cancellation is recorded",
            content = @Content(schema = @Schema(implementation = CancellationBody.class)))
    public CompletionStage<Response> cancel(@PathParam("orderNumber") String orderNumber, CancellationRequest request) {
        CancelOrder asked = Bodies.present("body", request).command(orderNumber);
        permit(asked);
        return submit(asked).thenApply(outcome -> Answer.of(outcome).response());
    }

    @POST
    @Path("/cancellations")
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR})
    @Operation(
            operationId = "cancelOrders",
            summary = "Cancels quantities of many orders; each has its own result, in the order asked")
    public CompletionStage<CancellationResults> cancelBatch(CancellationBatch batch) {
        return Batch.submit(
                        Batch.of("cancellations", Bodies.present("body", batch).cancellations()),
                        CancellationOfOrder::command,
                        this::permit,
                        this::submit,
                        Answer::of)
                .thenApply(answers -> new CancellationResults(answers.stream()
                        .map(a -> new CancellationResult(a.status(), a.document(), a.problemDocument()))
                        .toList()));
    }

    private void permit(CancelOrder asked) {
        caller.needsChannel(asked.order().channel());
    }

    private CompletionStage<CancelOutcome> submit(CancelOrder asked) {
        return cancelling.submit(
                caller.sendingFor(asked.order().channel()), asked.order().text(), asked);
    }
}
