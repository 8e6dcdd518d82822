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
import org.tierstock.dispatch.adapter.in.rest.RuleBodies.AllotmentRuleBody;
import org.tierstock.dispatch.adapter.in.rest.RuleBodies.AllotmentRuleRequest;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.application.port.RuleQueries;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** How free stock is promised to channels (铺货规则, S2, S4, S5). */
@Path("/v1/allotment-rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "rules")
@RunOnVirtualThread
public class AllotmentRuleResource {
    private final RuleEntrance entrance;
    private final RuleQueries rules;

    @Inject
    public AllotmentRuleResource(RuleEntrance entrance, RuleQueries rules) {
        this.entrance = entrance;
        this.rules = rules;
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "defineAllotmentRule",
            summary = "Lays down an allotment rule or changes it",
            description =
                    "With If-Match, only when nobody has changed it since: else 412 OUTDATED. It holds for what is free from then on; promises that no rule makes any more are asked back.")
    @APIResponse(
            responseCode = "200",
            description = "It is as asked",
            content = @Content(schema = @Schema(implementation = AllotmentRuleBody.class)))
    public Response define(
            @PathParam("code") String code,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            AllotmentRuleRequest request) {
        return entrance.define(
                Bodies.present("body", request).definition(Code.of("code", code), RuleEntrance.revision(ifMatch)),
                () -> found(code),
                AllotmentRuleBody::of);
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "allotmentRule", summary = "An allotment rule, with its revision as ETag")
    @APIResponse(
            responseCode = "200",
            description = "An allotment rule",
            content = @Content(schema = @Schema(implementation = AllotmentRuleBody.class)))
    public Response allotmentRule(@PathParam("code") String code) {
        return RuleEntrance.show(found(Code.of("code", code)), AllotmentRuleBody::of);
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "allotmentRules", summary = "Allotment rules by code")
    public Page<AllotmentRuleBody> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return RuleEntrance.page(limit, cursor, rules::allotmentRules, AllotmentRule::code, AllotmentRuleBody::of);
    }

    private Revised<AllotmentRule> found(String code) {
        return rules.allotmentRule(code).orElseThrow(() -> Problem.notFound("allotment rule", code));
    }
}
