package org.tierstock.runtime.problem;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ResourceInfo;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.posting.Overloaded;

/**
 * Refuses a request at once when as many are under way as the service takes at a time, and its caller has their share.
 *
 * <p>It bounds what runs on virtual threads: there is always another thread, but not another connection to the database.
 * The hot endpoints have their lanes, which are bounded themselves, and are not counted here: whoever reads never takes the
 * place of an order, a payment or a cancel. What a buyer only looks at, such as what is available, is counted like any other
 * request, and has its caller's share.
 */
@ApplicationScoped
public class RequestBound {
    private final FairPlaces places;

    @Inject
    RequestBound(@ConfigProperty(name = "tierstock.requests.capacity", defaultValue = "256") int capacity) {
        this.places = new FairPlaces(capacity, "requests");
    }

    /** For the container's proxy. */
    protected RequestBound() {
        this(1);
    }

    void showAsMetric(@Observes StartupEvent event, MeterRegistry meters) {
        meters.gauge("tierstock.requests.active", places, FairPlaces::taken);
    }

    /** Runs on the event loop, before a thread is taken for the request. */
    @ServerRequestFilter(nonBlocking = true)
    public void admit(ResourceInfo endpoint, RoutingContext request) {
        if (!waitsForTheDatabase(endpoint)) {
            return;
        }
        String caller = Caller.of(request).party();
        if (!places.take(caller)) {
            throw new Overloaded(places.refusal());
        }
        request.addEndHandler(answeredOrGone -> places.release(caller));
    }

    private static boolean waitsForTheDatabase(ResourceInfo endpoint) {
        return endpoint.getResourceMethod() != null
                && (endpoint.getResourceMethod().isAnnotationPresent(RunOnVirtualThread.class)
                        || endpoint.getResourceClass().isAnnotationPresent(RunOnVirtualThread.class));
    }
}
