package org.tierstock.runtime.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Spools;

/** Who changed which master record or rule, when, from what and to what. */
@Path("/v1/changes")
@Tag(name = "operations")
@RunOnVirtualThread
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
public class ChangesResource {
    private static final int KEY_PARTS = 1;

    private final RecordedChanges changes;
    private final Spools spools;
    private final ObjectMapper json;

    @Inject
    ChangesResource(RecordedChanges changes, Spools spools, ObjectMapper json) {
        this.changes = changes;
        this.spools = spools;
        this.json = json;
    }

    /** A page of changes, oldest first; all parameters narrow it. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listChanges",
            summary = "Changes of masters and rules, with who made them, oldest first; as a whole by Accept: text/csv",
            description = "Every change stays for ever: it is written in the transaction that makes it, and nobody can"
                    + " alter or remove it.")
    public Page<RecordedChange> list(
            @Parameter(description = "Only records of this kind", example = "SOURCING_RULE") @QueryParam("kind")
                    String kind,
            @Parameter(description = "Only records of this code", example = "EAST") @QueryParam("code") String code,
            @Parameter(description = "Only changes by this subject", example = "alice") @QueryParam("subject")
                    String subject,
            @Parameter(description = "Not before this instant", example = "2026-01-31T12:00:00Z") @QueryParam("from")
                    String from,
            @Parameter(description = "Before this instant", example = "2026-02-01T00:00:00Z") @QueryParam("to")
                    String to,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        return changes.page(
                ChangeFilter.parse(kind, code, subject, from, to), Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    /** All changes that the parameters leave, as CSV lines: all, or a problem. */
    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    @APIResponse(content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    public StreamingOutput csv(
            @QueryParam("kind") String kind,
            @QueryParam("code") String code,
            @QueryParam("subject") String subject,
            @QueryParam("from") String from,
            @QueryParam("to") String to) {
        ChangeFilter filter = ChangeFilter.parse(kind, code, subject, from, to);
        return Csv.of(
                spools,
                lines -> changes.stream(
                        filter,
                        change -> lines.write(
                                change.change(),
                                change.changedAt(),
                                change.subject(),
                                change.tokenId(),
                                change.traceId(),
                                change.kind(),
                                change.code(),
                                change.version(),
                                text(change.before()),
                                text(change.after()))),
                "change",
                "changedAt",
                "subject",
                "tokenId",
                "traceId",
                "kind",
                "code",
                "version",
                "before",
                "after");
    }

    private String text(Map<String, Object> record) {
        try {
            return record == null ? null : json.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
