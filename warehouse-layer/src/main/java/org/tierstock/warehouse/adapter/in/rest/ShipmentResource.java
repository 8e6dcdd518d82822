package org.tierstock.warehouse.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ShipmentBatch;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ShipmentBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ShipmentOfOutbound;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ShipmentResult;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ShipmentResults;
import org.tierstock.warehouse.application.port.OutboundQueries;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;

/** Shipments of many outbounds at once (S117). */
@Path("/v1/shipments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "outbound-orders")
@RunOnVirtualThread
@Scoped
public class ShipmentResource {
    private final Caller caller;
    private final OutboundQueries outbounds;
    private final GroupCommit<Shipment, ShipOutcome> shipping;

    @Inject
    public ShipmentResource(Caller caller, OutboundQueries outbounds, GroupCommit<Shipment, ShipOutcome> shipping) {
        this.caller = caller;
        this.outbounds = outbounds;
        this.shipping = shipping;
    }

    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.WMS})
    @Operation(
            operationId = "shipOutbounds",
            summary = "Records many shipments; each has its own result, in the order asked",
            description =
                    "A result has the status, and the shipment or the problem, that the single request would have.")
    public ShipmentResults ship(ShipmentBatch batch) {
        List<ShipmentOfOutbound> asked =
                Batch.of("shipments", Bodies.present("body", batch).shipments());
        Map<String, Outbound> known = outbounds.find(asked.stream()
                .map(ShipmentOfOutbound::outbound)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        List<Answer<ShipmentBody>> answers = Batch.submit(asked, shipment -> submit(shipment.document(), known));
        return new ShipmentResults(answers.stream()
                .map(answer -> new ShipmentResult(answer.status(), answer.document(), answer.problemDocument()))
                .toList());
    }

    private CompletionStage<Answer<ShipmentBody>> submit(Shipment shipment, Map<String, Outbound> known) {
        Outbound outbound = Scopes.permitted(caller, shipment.outbound(), known.get(shipment.outbound()));
        return shipping.submit(caller.party(), outbound.order().cell().sku().code(), shipment)
                .thenApply(outcome -> {
                    ShipmentLog.log(outbound.order(), outcome);
                    return Answer.of(shipment, outcome);
                });
    }
}
