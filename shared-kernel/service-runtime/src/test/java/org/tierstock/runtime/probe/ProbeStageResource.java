package org.tierstock.runtime.probe;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.posting.Overloaded;
import org.tierstock.runtime.trace.TraceContext;

/** A hot endpoint: on the event loop, answered later by another thread. */
@Path("/v1/probe/stage")
@Produces(MediaType.APPLICATION_JSON)
public class ProbeStageResource {
    @Inject
    Caller caller;

    @POST
    @RolesAllowed(Roles.OPERATOR)
    public CompletionStage<Map<String, String>> post(ProbeResource.Document document) {
        String subject = caller.subject();
        String traceId = TraceContext.current().traceId();
        if (document.number().equals("overloaded")) {
            throw new Overloaded("full");
        }
        return CompletableFuture.supplyAsync(() -> {
            if (document.number().equals("defect")) {
                throw new IllegalStateException("secret internals");
            }
            return Map.of("subject", subject, "traceId", traceId);
        });
    }
}
