package org.tierstock.warehouse.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.LocationBatch;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.LocationBody;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.LocationOfBatch;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.LocationRequest;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.MasterResults;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.WarehouseBody;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.WarehouseRequest;
import org.tierstock.warehouse.application.port.MasterQueries;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Warehouse;

/** Warehouses and the locations in them (S20, S92). A warehouse's code is its node's code at the dispatch layer. */
@Path("/v1/warehouses")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "masters")
@RunOnVirtualThread
public class WarehouseResource {
    private final Caller caller;
    private final MasterEntrance entrance;
    private final MasterQueries masters;

    @Inject
    public WarehouseResource(Caller caller, MasterEntrance entrance, MasterQueries masters) {
        this.caller = caller;
        this.entrance = entrance;
        this.masters = masters;
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.OPERATOR)
    @Scoped
    @Operation(
            operationId = "defineWarehouse",
            summary = "Adds a warehouse, with a staging location STAGING, or changes it",
            description = "With If-Match, only when nobody has changed it since: else 412 OUTDATED.")
    @APIResponse(
            responseCode = "200",
            description = "The warehouse is as asked",
            content = @Content(schema = @Schema(implementation = WarehouseBody.class)))
    public Response define(
            @PathParam("code") String code,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            WarehouseRequest request) {
        permit(code);
        return entrance.define(
                Bodies.present("body", request).definition(code, MasterEntrance.version(ifMatch)),
                defined -> WarehouseBody.of(found(code)));
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Scoped
    @Operation(operationId = "warehouse", summary = "A warehouse, with its version as ETag")
    @APIResponse(
            responseCode = "200",
            description = "The warehouse",
            content = @Content(schema = @Schema(implementation = WarehouseBody.class)))
    public Response warehouse(@PathParam("code") String code) {
        permit(code);
        return MasterEntrance.show(found(code), WarehouseBody::of);
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "warehouses", summary = "Warehouses by code")
    public Page<WarehouseBody> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        Limit rows = Limit.of(limit);
        List<Versioned<Warehouse>> found = masters.warehouses(after == null ? "" : after.part(0), rows.plusOne());
        return Page.of(found, rows, stored -> Cursor.of(stored.master().code())).map(WarehouseBody::of);
    }

    @PUT
    @Path("/{code}/locations/{location}")
    @RolesAllowed(Roles.OPERATOR)
    @Scoped
    @Operation(
            operationId = "defineLocation",
            summary = "Adds a location",
            description = "STORAGE holds goods that may be promised, STAGING picked goods that wait for their shipment."
                    + " 409 KIND_IS_FIXED when the location is of another kind already.")
    @APIResponse(
            responseCode = "200",
            description = "The location is as asked",
            content = @Content(schema = @Schema(implementation = LocationBody.class)))
    public Response defineLocation(
            @PathParam("code") String code, @PathParam("location") String location, LocationRequest request) {
        permit(code);
        return entrance.define(
                Bodies.present("body", request).definition(code, location),
                defined -> LocationBody.of(found(code, location)));
    }

    @POST
    @Path("/{code}/locations/batch")
    @RolesAllowed(Roles.OPERATOR)
    @Scoped
    @Operation(
            operationId = "defineLocations",
            summary = "Adds many locations; each has its own result, in the order asked")
    public MasterResults defineLocations(@PathParam("code") String code, LocationBatch batch) {
        permit(code);
        return entrance.defineAll(
                Batch.of("locations", Bodies.present("body", batch).locations()),
                LocationOfBatch::code,
                location -> location.definition(code));
    }

    @GET
    @Path("/{code}/locations/{location}")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Scoped
    @Operation(operationId = "location", summary = "A location")
    public LocationBody location(@PathParam("code") String code, @PathParam("location") String location) {
        permit(code);
        return LocationBody.of(found(code, location));
    }

    @GET
    @Path("/{code}/locations")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Scoped
    @Operation(operationId = "locations", summary = "The locations of a warehouse by code")
    public Page<LocationBody> locations(
            @PathParam("code") String code, @QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        permit(code);
        Cursor after = Cursor.parse(cursor, 1);
        Limit rows = Limit.of(limit);
        List<Location> found = masters.locations(code, after == null ? "" : after.part(0), rows.plusOne());
        return Page.of(found, rows, location -> Cursor.of(location.code())).map(LocationBody::of);
    }

    private void permit(String code) {
        caller.needsWarehouse(Code.of("warehouse", code));
    }

    private Versioned<Warehouse> found(String code) {
        return masters.warehouse(code).orElseThrow(() -> Problem.notFound("warehouse", code));
    }

    private Location found(String warehouse, String location) {
        return masters.location(warehouse, Code.of("location", location))
                .orElseThrow(() -> Problem.notFound("location", location));
    }
}
