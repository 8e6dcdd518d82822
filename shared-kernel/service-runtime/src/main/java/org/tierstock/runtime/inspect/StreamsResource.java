package org.tierstock.runtime.inspect;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Roles;

/** How far messages to and from other layers have travelled. */
@Path("/v1/streams")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
public class StreamsResource {
    private final Streams streams;

    @Inject
    StreamsResource(Streams streams) {
        this.streams = streams;
    }

    /** The outgoing and incoming streams, and how many messages are parked. */
    @GET
    @Operation(operationId = "showStreams", summary = "How far messages to and from other layers have travelled")
    public StreamsOverview show() {
        return streams.overview();
    }
}
