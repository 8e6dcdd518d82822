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
import org.tierstock.dispatch.adapter.in.rest.RuleBodies.RegionBody;
import org.tierstock.dispatch.adapter.in.rest.RuleBodies.RegionRequest;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.application.port.RuleQueries;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** Ship regions (发货区域): where orders go to and what nodes serve (S38). */
@Path("/v1/regions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "rules")
@RunOnVirtualThread
public class RegionResource {
    private final RuleEntrance entrance;
    private final RuleQueries rules;

    @Inject
    public RegionResource(RuleEntrance entrance, RuleQueries rules) {
        this.entrance = entrance;
        this.rules = rules;
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "defineRegion",
            summary = "Adds a region or changes its name",
            description = "With If-Match, only when nobody has changed it since: else 412 OUTDATED.")
    @APIResponse(
            responseCode = "200",
            description = "It is as asked",
            content = @Content(schema = @Schema(implementation = RegionBody.class)))
    public Response define(
            @PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, RegionRequest request) {
        return entrance.define(
                Bodies.present("body", request).definition(Code.of("code", code), RuleEntrance.revision(ifMatch)),
                () -> found(code),
                RegionBody::of);
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "region", summary = "A region, with its revision as ETag")
    @APIResponse(
            responseCode = "200",
            description = "A region",
            content = @Content(schema = @Schema(implementation = RegionBody.class)))
    public Response region(@PathParam("code") String code) {
        return RuleEntrance.show(found(Code.of("code", code)), RegionBody::of);
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "regions", summary = "Regions by code")
    public Page<RegionBody> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return RuleEntrance.page(limit, cursor, rules::regions, Region::code, RegionBody::of);
    }

    private Revised<Region> found(String code) {
        return rules.region(code).orElseThrow(() -> Problem.notFound("region", code));
    }
}
