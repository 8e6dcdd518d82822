package org.tierstock.runtime.history;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** A database that was set back to a backup, and the steps of its repair (protocol 11.8). Open while the layer is fenced. */
@Path("/v1/restorations")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PassesFence
public class RestorationsResource {
    private static final int KEY_PARTS = 1;
    private static final String WRONG_STATE = "WRONG_STATE";

    private final RestorationRows restorations;
    private final Repair repair;
    private final Caller caller;

    @Inject
    RestorationsResource(RestorationRows restorations, Repair repair, Caller caller) {
        this.restorations = restorations;
        this.repair = repair;
        this.caller = caller;
    }

    /**
     * What a rebuild came to.
     *
     * @param left what could not be made good, a sentence each: for a person
     */
    @Schema(name = "RebuiltRestoration")
    public record Rebuilt(Restoration restoration, List<String> left) {}

    /** A page of restorations, newest first. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listRestorations",
            summary = "Times at which this database was found set back to a backup")
    public Page<Restoration> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return restorations.page(Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    /** One restoration. */
    @GET
    @Path("/{number}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "showRestoration", summary = "How far the repair of a database that was set back has come")
    public Restoration show(@PathParam("number") long number) {
        return restorations.show(number).orElseThrow(() -> unknown(number));
    }

    /** The first step: a new epoch. Peers drop what the lost history has sent. */
    @POST
    @Path("/{number}/epoch")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "beginEpoch", summary = "Begin a new epoch, the first step of a repair")
    public Restoration beginEpoch(@PathParam("number") long number) {
        Restoration restoration = found(number);
        switch (restoration.state()) {
            case DETECTED, EPOCH_BEGUN -> repair.beginEpoch(restoration);
            case REBUILT, CLOSED -> throw wrongState(restoration, "A new epoch begins before the rebuild.");
        }
        return found(number);
    }

    /** The second step: what peers know of the lost history is made good. */
    @POST
    @Path("/{number}/rebuild")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "rebuild", summary = "Make good what peers know of the lost history, the second step")
    public Rebuilt rebuild(@PathParam("number") long number) {
        Restoration restoration = found(number);
        List<String> left = switch (restoration.state()) {
            case EPOCH_BEGUN, REBUILT -> repair.rebuild(restoration);
            case DETECTED, CLOSED -> throw wrongState(restoration, "A rebuild follows a new epoch.");
        };
        return new Rebuilt(found(number), left);
    }

    /** The last step, after reconciliations and audits: the layer works again. */
    @POST
    @Path("/{number}/closure")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "closeRestoration", summary = "End a repair: the layer works again")
    public Restoration close(@PathParam("number") long number) {
        Restoration restoration = found(number);
        switch (restoration.state()) {
            case REBUILT -> restorations.close(number, caller.subject());
            case CLOSED -> {}
            case DETECTED, EPOCH_BEGUN -> throw wrongState(restoration, "It is not rebuilt yet.");
        }
        return found(number);
    }

    private Restoration found(long number) {
        return restorations.find(number).orElseThrow(() -> unknown(number));
    }

    private static Problem unknown(long number) {
        return Problem.notFound("restoration", Long.toString(number));
    }

    private static Problem wrongState(Restoration restoration, String detail) {
        return Problem.of(409, WRONG_STATE, detail).with("state", restoration.state());
    }
}
