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
import org.tierstock.movements.Sku;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.MasterResults;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.SkuBatch;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.SkuBody;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.SkuOfBatch;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.SkuRequest;
import org.tierstock.warehouse.application.port.MasterQueries;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.Article;

/** What the warehouses must know of the SKUs: case packs and shelf life (S53, S81, S99). */
@Path("/v1/skus")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "masters")
@RunOnVirtualThread
public class SkuResource {
    private final MasterEntrance entrance;
    private final MasterQueries masters;

    @Inject
    public SkuResource(MasterEntrance entrance, MasterQueries masters) {
        this.entrance = entrance;
        this.masters = masters;
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "defineSku",
            summary = "Adds a SKU or changes it, for the receipts to come",
            description = "With If-Match, only when nobody has changed it since: else 412 OUTDATED.")
    @APIResponse(
            responseCode = "200",
            description = "The SKU is as asked",
            content = @Content(schema = @Schema(implementation = SkuBody.class)))
    public Response define(
            @PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, SkuRequest request) {
        return entrance.define(
                Bodies.present("body", request).definition(code, MasterEntrance.version(ifMatch)),
                defined -> SkuBody.of(found(code)));
    }

    @POST
    @Path("/batch")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "defineSkus",
            summary = "Adds or changes many SKUs; each has its own result, in the order asked")
    public MasterResults defineBatch(SkuBatch batch) {
        return entrance.defineAll(
                Batch.of("skus", Bodies.present("body", batch).skus()), SkuOfBatch::code, SkuOfBatch::definition);
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Scoped
    @Operation(operationId = "sku", summary = "A SKU, with its version as ETag")
    @APIResponse(
            responseCode = "200",
            description = "The SKU",
            content = @Content(schema = @Schema(implementation = SkuBody.class)))
    public Response sku(@PathParam("code") String code) {
        return MasterEntrance.show(found(code), SkuBody::of);
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.WMS, Roles.AUDITOR})
    @Scoped
    @Operation(operationId = "skus", summary = "SKUs by code")
    public Page<SkuBody> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        Limit rows = Limit.of(limit);
        List<Versioned<Article>> found = masters.articles(after == null ? "" : after.part(0), rows.plusOne());
        return Page.of(found, rows, stored -> Cursor.of(stored.master().sku().code()))
                .map(SkuBody::of);
    }

    private Versioned<Article> found(String code) {
        return masters.article(new Sku(code).code()).orElseThrow(() -> Problem.notFound("sku", code));
    }
}
