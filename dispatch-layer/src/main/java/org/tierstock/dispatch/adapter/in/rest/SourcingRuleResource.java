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
import org.tierstock.dispatch.adapter.in.rest.RuleBodies.SourcingRuleBody;
import org.tierstock.dispatch.adapter.in.rest.RuleBodies.SourcingRuleRequest;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.application.port.RuleQueries;
import org.tierstock.dispatch.domain.SourcingRule;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** In which order nodes are asked for the orders of a region (S6, S36). */
@Path("/v1/sourcing-rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "rules")
@RunOnVirtualThread
public class SourcingRuleResource {
    private final RuleEntrance entrance;
    private final RuleQueries rules;

    @Inject
    public SourcingRuleResource(RuleEntrance entrance, RuleQueries rules) {
        this.entrance = entrance;
        this.rules = rules;
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "defineSourcingRule",
            summary = "Lays down a sourcing rule or changes it",
            description =
                    "With If-Match, only when nobody has changed it since: else 412 OUTDATED. Nodes that it does not name come after, by priority.")
    @APIResponse(
            responseCode = "200",
            description = "It is as asked",
            content = @Content(schema = @Schema(implementation = SourcingRuleBody.class)))
    public Response define(
            @PathParam("code") String code,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            SourcingRuleRequest request) {
        return entrance.define(
                Bodies.present("body", request).definition(Code.of("code", code), RuleEntrance.revision(ifMatch)),
                () -> found(code),
                SourcingRuleBody::of);
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "sourcingRule", summary = "A sourcing rule, with its revision as ETag")
    @APIResponse(
            responseCode = "200",
            description = "A sourcing rule",
            content = @Content(schema = @Schema(implementation = SourcingRuleBody.class)))
    public Response sourcingRule(@PathParam("code") String code) {
        return RuleEntrance.show(found(Code.of("code", code)), SourcingRuleBody::of);
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "sourcingRules", summary = "Sourcing rules by code")
    public Page<SourcingRuleBody> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return RuleEntrance.page(limit, cursor, rules::sourcingRules, SourcingRule::code, SourcingRuleBody::of);
    }

    private Revised<SourcingRule> found(String code) {
        return rules.sourcingRule(code).orElseThrow(() -> Problem.notFound("sourcing rule", code));
    }
}
