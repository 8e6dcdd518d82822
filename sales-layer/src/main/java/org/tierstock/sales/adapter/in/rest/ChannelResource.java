package org.tierstock.sales.adapter.in.rest;

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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.sales.application.DefineChannels;
import org.tierstock.sales.application.DefineChannels.Definition;
import org.tierstock.sales.application.port.ChannelQueries;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;

/** Sales channels and the defaults of their orders (S74). */
@Path("/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "channels")
public class ChannelResource {
    private final Caller caller;
    private final GroupCommit<Signed<Definition>, DefineChannels.Outcome> defining;
    private final ChannelQueries channels;

    @Inject
    public ChannelResource(
            Caller caller, GroupCommit<Signed<Definition>, DefineChannels.Outcome> defining, ChannelQueries channels) {
        this.caller = caller;
        this.defining = defining;
        this.channels = channels;
    }

    /**
     * A channel as the caller wants it.
     *
     * @param stockSource the channel whose stock it sells from; null: its own
     * @param holdSeconds how long an unpaid order keeps its lock, in seconds; null or 0: 15 minutes for PRE_HOLD, else for
     *     ever
     * @param shipRegion null when every order must name one
     */
    record ChannelRequest(
            String name,
            String stockSource,
            DeductionMode deductionMode,
            Long holdSeconds,
            String deliveryMethod,
            String shipRegion) {
        Channel channel(String code) {
            return new Channel(
                    code,
                    name == null ? code : name,
                    stockSource == null ? code : stockSource,
                    Bodies.present("deductionMode", deductionMode),
                    holdSeconds == null ? 0 : holdSeconds,
                    deliveryMethod,
                    shipRegion == null ? "" : shipRegion);
        }
    }

    /** A channel as it is. */
    record ChannelBody(
            String code,
            String name,
            String stockSource,
            DeductionMode deductionMode,
            long holdSeconds,
            String deliveryMethod,
            String shipRegion) {
        static ChannelBody of(VersionedChannel stored) {
            Channel channel = stored.channel();
            return new ChannelBody(
                    channel.code(),
                    channel.name(),
                    channel.stockSource(),
                    channel.deductionMode(),
                    channel.holdSeconds(),
                    channel.deliveryMethod(),
                    channel.shipRegion());
        }
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.OPERATOR)
    @Scoped
    @Operation(
            operationId = "defineChannel",
            summary = "Adds a channel or changes it, for the orders to come",
            description = "With If-Match, only when nobody has changed it since: else 412 OUTDATED.")
    @APIResponse(
            responseCode = "200",
            description = "The channel is as asked",
            content = @Content(schema = @Schema(implementation = ChannelBody.class)))
    public CompletionStage<Response> define(
            @PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, ChannelRequest request) {
        caller.needsChannel(code);
        Channel channel = Bodies.present("body", request).channel(code);
        // Whoever sells from another channel's stock moves it.
        caller.needsChannel(channel.stockSource());
        Definition definition = new Definition(channel, version(ifMatch));
        return defining.submit(caller.party(), code, new Signed<>(definition, caller.actor()))
                .thenApply(outcome -> answer(code, outcome));
    }

    private static Response answer(String code, DefineChannels.Outcome outcome) {
        return switch (outcome) {
            case DefineChannels.Defined defined -> answer(defined.channel(), defined.created() ? 201 : 200);
            case DefineChannels.Outdated outdated ->
                throw Problem.of(412, "OUTDATED", "Channel " + code + " is not what If-Match says.");
        };
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.CHANNEL, Roles.OPERATOR, Roles.AUDITOR})
    @Scoped
    @RunOnVirtualThread
    @Operation(operationId = "channel", summary = "A channel, with its version as ETag")
    @APIResponse(
            responseCode = "200",
            description = "The channel",
            content = @Content(schema = @Schema(implementation = ChannelBody.class)))
    public Response channel(@PathParam("code") String code) {
        caller.needsChannel(code);
        return answer(channels.find(code).orElseThrow(() -> Problem.notFound("channel", code)), 200);
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @RunOnVirtualThread
    @Operation(operationId = "channels", summary = "Channels by code")
    public Page<ChannelBody> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        Limit rows = Limit.of(limit);
        List<VersionedChannel> found = channels.list(after == null ? "" : after.part(0), rows.plusOne());
        return Page.of(found, rows, stored -> Cursor.of(stored.channel().code()))
                .map(ChannelBody::of);
    }

    private static Response answer(VersionedChannel stored, int status) {
        return Response.status(status)
                .tag(new EntityTag(Long.toString(stored.version())))
                .entity(ChannelBody.of(stored))
                .build();
    }

    private static Long version(String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        try {
            return Long.valueOf(ifMatch.replace("\"", ""));
        } catch (NumberFormatException e) {
            throw new InvalidValue(HttpHeaders.IF_MATCH, "must be an ETag of this resource");
        }
    }
}
