package org.tierstock.warehouse.adapter.in.rest;

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
import org.tierstock.runtime.problem.Problem;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.OwnerBody;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.OwnerRequest;
import org.tierstock.warehouse.application.port.MasterQueries;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Owner;

/** 货主: whose goods may lie in the warehouses. */
@Path("/v1/owners")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "masters")
@RunOnVirtualThread
public class OwnerResource {
    private final Caller caller;
    private final MasterEntrance entrance;
    private final MasterQueries masters;

    @Inject
    public OwnerResource(Caller caller, MasterEntrance entrance, MasterQueries masters) {
        this.caller = caller;
        this.entrance = entrance;
        this.masters = masters;
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.OPERATOR)
    @Scoped
    @Operation(
            operationId = "defineOwner",
            summary = "Adds an owner or changes it",
            description = "With If-Match, only when nobody has changed it since: else 412 OUTDATED.")
    @APIResponse(
            responseCode = "200",
            description = "The owner is as asked",
            content = @Content(schema = @Schema(implementation = OwnerBody.class)))
    public Response define(
            @PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, OwnerRequest request) {
        caller.needsOwner(Code.of("owner", code));
        return entrance.define(
                Bodies.present("body", request).definition(code, MasterEntrance.version(ifMatch)),
                defined -> OwnerBody.of(found(code)));
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Scoped
    @Operation(operationId = "owner", summary = "An owner, with its version as ETag")
    @APIResponse(
            responseCode = "200",
            description = "The owner",
            content = @Content(schema = @Schema(implementation = OwnerBody.class)))
    public Response owner(@PathParam("code") String code) {
        caller.needsOwner(Code.of("owner", code));
        return MasterEntrance.show(found(code), OwnerBody::of);
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "owners", summary = "Owners by code")
    public Page<OwnerBody> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        Limit rows = Limit.of(limit);
        List<Versioned<Owner>> found = masters.owners(after == null ? "" : after.part(0), rows.plusOne());
        return Page.of(found, rows, stored -> Cursor.of(stored.master().code())).map(OwnerBody::of);
    }

    private Versioned<Owner> found(String code) {
        return masters.owner(code).orElseThrow(() -> Problem.notFound("owner", code));
    }
}
