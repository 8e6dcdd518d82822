package org.tierstock.runtime.fence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses every request by REST that could change something, but those that a repair consists of.
 *
 * <p>It decides on the method that serves the request, never on the path: there are more spellings of a path than any guard
 * would think of.
 */
@ApplicationScoped
public class FencedRequests {
    private final Fence fence;

    @Inject
    FencedRequests(Fence fence) {
        this.fence = fence;
    }

    /** For the container's proxy. */
    protected FencedRequests() {
        this(null);
    }

    /** Runs on the event loop, before a thread is taken for the request. */
    @ServerRequestFilter(nonBlocking = true)
    public void refuse(ResourceInfo endpoint) {
        if (!fence.isOpen() && !passes(endpoint)) {
            throw fence.problem();
        }
    }

    private static boolean passes(ResourceInfo endpoint) {
        Method serving = endpoint.getResourceMethod();
        return serving.isAnnotationPresent(GET.class)
                || serving.isAnnotationPresent(PassesFence.class)
                || endpoint.getResourceClass().isAnnotationPresent(PassesFence.class);
    }
}
