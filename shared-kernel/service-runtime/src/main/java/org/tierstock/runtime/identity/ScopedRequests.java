package org.tierstock.runtime.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.tierstock.runtime.problem.Problem;

/** Refuses narrowed tokens at every REST endpoint that does not say to keep to scopes ({@link Scoped}). */
@ApplicationScoped
public class ScopedRequests {
    private final SecurityIdentity identity;
    private final Caller caller;

    @Inject
    ScopedRequests(SecurityIdentity identity, Caller caller) {
        this.identity = identity;
        this.caller = caller;
    }

    /** For the container's proxy. */
    protected ScopedRequests() {
        this(null, null);
    }

    /** Runs on the event loop, when the role has been found good, and before a thread is taken for the request. */
    @ServerRequestFilter(nonBlocking = true)
    public void refuse(ResourceInfo endpoint) {
        if (!isScoped(endpoint) && !identity.isAnonymous() && caller.isNarrowed()) {
            throw Problem.forbidden(
                    "This is only for tokens with all scopes: channels, warehouses and owners of \"*\".");
        }
    }

    private static boolean isScoped(ResourceInfo endpoint) {
        return endpoint.getResourceMethod().isAnnotationPresent(Scoped.class)
                || endpoint.getResourceClass().isAnnotationPresent(Scoped.class);
    }
}
