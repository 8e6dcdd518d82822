package org.tierstock.warehouse.adapter.in.rest;

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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.warehouse.adapter.in.rest.Bodies.OutboundBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.PickBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.PickRequest;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ShipmentBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ShipmentRequest;
import org.tierstock.warehouse.application.port.OutboundQueries;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickOutcome;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;

/** 出库单: what the dispatch layer asked this warehouse to keep and to ship, and what becomes of it (S19, S46, S117). */
@Path("/v1/outbound-orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "outbound-orders")
@RunOnVirtualThread
@Scoped
public class OutboundOrderResource {
    private static final int KEY_PARTS = 3;

    private final Caller caller;
    private final OutboundQueries outbounds;
    private final GroupCommit<Pick, PickOutcome> picking;
    private final GroupCommit<Shipment, ShipOutcome> shipping;

    @Inject
    public OutboundOrderResource(
            Caller caller,
            OutboundQueries outbounds,
            GroupCommit<Pick, PickOutcome> picking,
            GroupCommit<Shipment, ShipOutcome> shipping) {
        this.caller = caller;
        this.outbounds = outbounds;
        this.picking = picking;
        this.shipping = shipping;
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Operation(
            operationId = "outboundOrders",
            summary = "Outbound orders by warehouse and number, of one warehouse, state or order if asked",
            description =
                    "A page names at most 10000 places where goods are locked, or has one outbound: it may hold fewer"
                            + " outbounds than the limit and yet have a next one.")
    public Page<OutboundBody> list(
            @QueryParam("warehouse") String warehouse,
            @QueryParam("state") OutboundQueries.State state,
            @QueryParam("order") String order,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        if (warehouse != null) {
            caller.needsWarehouse(warehouse);
        }
        Cursor after = Cursor.parse(cursor, KEY_PARTS);
        OutboundQueries.Found found = outbounds.list(
                new OutboundQueries.Filter(warehouse, state, order, Scopes.of(caller)),
                after == null ? null : new OutboundQueries.Place(after.part(0), after.number(1), after.part(2)),
                Limit.of(limit).rows());
        return Page.of(
                        found.outbounds(),
                        found.more(),
                        outbound -> Cursor.of(
                                outbound.order().warehouse(),
                                outbound.order().number(),
                                outbound.order().outbound()))
                .map(OutboundBody::of);
    }

    @GET
    @Path("/{outbound}")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Operation(operationId = "outboundOrder", summary = "An outbound order as it is")
    public OutboundBody outbound(@PathParam("outbound") String id) {
        return OutboundBody.of(permitted(id));
    }

    @POST
    @Path("/{outbound}/picks")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS})
    @Operation(
            operationId = "pickGoods",
            summary = "Records that goods were carried from their shelves to staging",
            description =
                    "Picked goods can no longer be released. When fewer are found than asked, the place counts as empty:"
                            + " what else is booked there is lost, whoever it was promised to. 409 NOT_LOCKED lists the"
                            + " places where the outbound holds less than is asked. The pick's number makes it idempotent.")
    @APIResponse(
            responseCode = "201",
            description = "The goods are at staging",
            content = @Content(schema = @Schema(implementation = PickBody.class)))
    public Response pick(@PathParam("outbound") String outbound, PickRequest request) {
        Pick pick = Bodies.present("body", request).document(outbound);
        Outbound picked = permitted(outbound);
        return Batch.await(picking.submit(
                                caller.party(), picked.order().cell().sku().code(), pick)
                        .thenApply(outcome -> Answer.of(pick, outcome)))
                .response();
    }

    @POST
    @Path("/{outbound}/shipment")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS})
    @Operation(
            operationId = "shipOutbound",
            summary = "Records that goods left the house, all that is locked or a part of it",
            description =
                    "Picked goods leave first. 409 NOT_LOCKED when less is locked than is to leave. The shipment's number"
                            + " makes it idempotent.")
    @APIResponse(
            responseCode = "201",
            description = "The goods have left",
            content = @Content(schema = @Schema(implementation = ShipmentBody.class)))
    public Response ship(@PathParam("outbound") String outbound, ShipmentRequest request) {
        Shipment shipment = Bodies.present("body", request).document(outbound);
        Outbound shipped = permitted(outbound);
        return Batch.await(shipping.submit(
                                caller.party(), shipped.order().cell().sku().code(), shipment)
                        .thenApply(outcome -> {
                            ShipmentLog.log(shipped.order(), outcome);
                            return Answer.of(shipment, outcome);
                        }))
                .response();
    }

    /** The outbound, when the caller may see and move it. */
    private Outbound permitted(String id) {
        return Scopes.permitted(
                caller, id, outbounds.find(List.of(Code.number("outbound", id))).get(id));
    }
}
