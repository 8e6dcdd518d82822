package org.tierstock.runtime.bounds;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ResourceInfo;
import java.math.BigInteger;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.posting.Overloaded;

/**
 * Refuses a request at once when as many are under way as the service takes at a time, and its caller has their share; and one
 * whose body is large when large ones hold as much as they may: see {@link RequestBytes}.
 *
 * <p>It bounds what runs on virtual threads: there is always another thread, but not another connection to the database.
 * The hot endpoints have their lanes, which are bounded themselves, and are not counted here: whoever reads never takes the
 * place of an order, a payment or a cancel. What a buyer only looks at, such as what is available, is counted like any other
 * request, and has its caller's share.
 */
@ApplicationScoped
public class RequestBound {
    /** Of other requests HTTP/2 does not say whether a body comes. */
    private static final Set<HttpMethod> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final FairPlaces places;
    private final RequestBytes bytes;
    private final long maxBytes;

    @Inject
    RequestBound(
            @ConfigProperty(name = "tierstock.requests.capacity", defaultValue = "256") int capacity,
            RequestBytes bytes,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.places = new FairPlaces(capacity, "requests");
        this.bytes = bytes;
        this.maxBytes = maxBodySize.asLongValue();
    }

    /** For the container's proxy. */
    protected RequestBound() {
        this(1, null, new MemorySize(BigInteger.ZERO));
    }

    void showAsMetric(@Observes StartupEvent event, MeterRegistry meters) {
        meters.gauge("tierstock.requests.active", places, FairPlaces::taken);
    }

    /** Runs on the event loop, before the body is read and a thread is taken for the request. */
    @ServerRequestFilter(nonBlocking = true)
    public void admit(ResourceInfo endpoint, RoutingContext request) {
        int pieces = RequestBytes.pieces(length(request.request()));
        boolean waits = waitsForTheDatabase(endpoint);
        if (pieces == 0 && !waits) {
            return;
        }
        if (request.response().closed()) {
            // Its caller left while its token was verified. An end handler would never run, and its places never be
            // free again.
            throw new Overloaded("The caller has gone");
        }
        String caller = Caller.of(request).party();
        if (pieces > 0) {
            if (!bytes.take(caller, pieces)) {
                throw new Overloaded(bytes.refusal());
            }
            request.addEndHandler(answeredOrGone -> bytes.release(caller, pieces));
        }
        if (waits) {
            if (!places.take(caller)) {
                throw new Overloaded(places.refusal());
            }
            request.addEndHandler(answeredOrGone -> places.release(caller));
        }
    }

    /** A body that does not say how long it is may be as long as any. */
    private long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            return Long.parseLong(length);
        }
        boolean comes = request.version() == HttpVersion.HTTP_2
                ? !BODILESS.contains(request.method())
                : request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        return comes ? maxBytes : 0;
    }

    private static boolean waitsForTheDatabase(ResourceInfo endpoint) {
        return endpoint.getResourceMethod() != null
                && (endpoint.getResourceMethod().isAnnotationPresent(RunOnVirtualThread.class)
                        || endpoint.getResourceClass().isAnnotationPresent(RunOnVirtualThread.class));
    }
}
