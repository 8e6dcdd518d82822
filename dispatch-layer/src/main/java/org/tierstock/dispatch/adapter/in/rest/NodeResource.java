package org.tierstock.dispatch.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.dispatch.adapter.in.rest.RuleBodies.NodeBody;
import org.tierstock.dispatch.adapter.in.rest.RuleBodies.NodeRequest;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.application.port.RuleQueries;
import org.tierstock.dispatch.domain.Node;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** The places that ship: own warehouses, own stores, merchants (S9). A node's code is its warehouse's code. */
@Path("/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "rules")
@RunOnVirtualThread
public class NodeResource {
    private final RuleEntrance entrance;
    private final RuleQueries rules;

    @Inject
    public NodeResource(RuleEntrance entrance, RuleQueries rules) {
        this.entrance = entrance;
        this.rules = rules;
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "defineNode",
            summary = "Adds a node or changes it",
            description =
                    "With If-Match, only when nobody has changed it since: else 412 OUTDATED. 422 UNKNOWN_CODES when a region is not described.")
    @APIResponse(
            responseCode = "200",
            description = "It is as asked",
            content = @Content(schema = @Schema(implementation = NodeBody.class)))
    public Response define(
            @PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, NodeRequest request) {
        return entrance.define(
                Bodies.present("body", request).definition(Code.of("code", code), RuleEntrance.revision(ifMatch)),
                () -> found(code),
                NodeBody::of);
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "node", summary = "A node, with its revision as ETag")
    @APIResponse(
            responseCode = "200",
            description = "A node",
            content = @Content(schema = @Schema(implementation = NodeBody.class)))
    public Response node(@PathParam("code") String code) {
        return RuleEntrance.show(found(Code.of("code", code)), NodeBody::of);
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "nodes", summary = "Nodes by code")
    public Page<NodeBody> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return RuleEntrance.page(limit, cursor, rules::nodes, Node::code, NodeBody::of);
    }

    private Revised<Node> found(String code) {
        return rules.node(code).orElseThrow(() -> Problem.notFound("node", code));
    }
}
