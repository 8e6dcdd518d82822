package org.tierstock.runtime.purge;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** Backups of this layer's database that somebody would restore: no layer forgets what they would need. */
@Path("/v1/backups")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BackupsResource {
    private static final int KEY_PARTS = 1;

    private final Backups backups;
    private final Releases releases;
    private final Caller caller;

    @Inject
    BackupsResource(Backups backups, Releases releases, Caller caller) {
        this.backups = backups;
        this.releases = releases;
        this.caller = caller;
    }

    /**
     * A backup that is about to be taken.
     *
     * @param number as its operator calls it
     */
    @Schema(name = "BackupToRegister")
    public record ToRegister(String number) {}

    /** Registers a backup. Begin it after the answer, not before. A known number changes nothing and is answered 200. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "registerBackup",
            summary =
                    "Register a backup before it is taken: what it would need is kept by every layer until it is closed")
    @APIResponse(
            responseCode = "201",
            description = "The backup is registered",
            content = @Content(schema = @Schema(implementation = Backup.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was registered before: the same answer again",
            content = @Content(schema = @Schema(implementation = Backup.class)))
    public RestResponse<Backup> register(ToRegister backup) {
        String number = Code.number("number", backup.number());
        boolean registered = backups.register(number, caller.subject(), releases.positions());
        return RestResponse.ResponseBuilder.create(
                        registered ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        backups.find(number).orElseThrow())
                .location(URI.create("/v1/backups/" + number))
                .build();
    }

    /** Backups, newest first; those closed stay in the list. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "listBackups", summary = "Registered backups, newest first")
    public Page<Backup> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return backups.page(Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    /** One backup. */
    @GET
    @Path("/{number}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "showBackup", summary = "A registered backup")
    public Backup show(@PathParam("number") String number) {
        return backups.show(Code.number("number", number)).orElseThrow(() -> Problem.notFound("backup", number));
    }

    /** Nobody would restore it any more: what only it needs may be purged. */
    @POST
    @Path("/{number}/closure")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "closeBackup", summary = "Give a backup up: nobody would restore it any more")
    public Backup close(@PathParam("number") String number) {
        return backups.close(Code.number("number", number), caller.subject())
                .orElseThrow(() -> Problem.notFound("backup", number));
    }
}
