package org.tierstock.runtime.probe;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.tierstock.runtime.fence.PassesFence;

/** Sees which requests come to a resource that may change something and is no part of a repair, whatever it answers them. */
public class Arrivals {
    private static final Queue<String> CHANGES = new ConcurrentLinkedQueue<>();

    /** Behind every other filter. */
    @ServerRequestFilter(priority = Integer.MAX_VALUE, nonBlocking = true)
    public void note(ContainerRequestContext request, ResourceInfo endpoint) {
        Method serving = endpoint.getResourceMethod();
        if (!serving.isAnnotationPresent(GET.class)
                && !serving.isAnnotationPresent(PassesFence.class)
                && !endpoint.getResourceClass().isAnnotationPresent(PassesFence.class)) {
            CHANGES.add(request.getMethod() + ' ' + request.getUriInfo().getRequestUri());
        }
    }

    /** Those that have come since this was last asked. */
    public static List<String> ofChanges() {
        List<String> come = List.copyOf(CHANGES);
        CHANGES.removeAll(come);
        return come;
    }
}
