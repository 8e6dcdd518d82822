package org.tierstock.runtime.inspect;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.work.Leases;

/** Which replica does which work, and which cannot. */
@Path("/v1/works")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
public class WorksResource {
    private final Leases leases;

    @Inject
    WorksResource(Leases leases) {
        this.leases = leases;
    }

    /**
     * A work at one replica.
     *
     * @param work its name, as in the gauges
     * @param replica an id that a replica gives itself when it starts
     * @param partitions how many of the 16 partitions it does
     * @param failingSince since when it cannot do the work, UTC; absent when it can
     * @param failure why it cannot, for a person
     */
    @Schema(name = "WorkOfReplica")
    public record WorkOfReplica(String work, String replica, int partitions, Instant failingSince, String failure) {}

    /** Every work of every replica that was seen in the last seconds. */
    @GET
    @Operation(operationId = "listWorks", summary = "Which replica does which work, and which cannot, with the reason")
    public List<WorkOfReplica> list() {
        return leases.overview().stream()
                .map(share -> new WorkOfReplica(
                        share.work(), share.owner(), share.partitions(), share.failingSince(), share.failure()))
                .toList();
    }
}
