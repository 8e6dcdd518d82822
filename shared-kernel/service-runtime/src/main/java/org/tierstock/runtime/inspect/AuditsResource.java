package org.tierstock.runtime.inspect;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.identity.Roles;

/** The book against its own ledger (S113). */
@Path("/v1/audits")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PassesFence
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
public class AuditsResource {
    private final Audits audits;

    @Inject
    AuditsResource(Audits audits) {
        this.audits = audits;
    }

    /** Audits now, while the layer goes on. Reads the whole ledger in bounded chunks; changes nothing. */
    @POST
    @Operation(operationId = "audit", summary = "Compare every balance with the sum of its movements")
    public Audit audit() {
        return audits.run();
    }
}
