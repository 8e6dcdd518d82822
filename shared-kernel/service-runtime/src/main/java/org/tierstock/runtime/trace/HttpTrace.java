package org.tierstock.runtime.trace;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gives every HTTP request its trace context, and tells it in the answer. */
@ApplicationScoped
public class HttpTrace {
    private static final int FIRST = 1000;

    void register(@Observes Filters filters) {
        filters.register(this::follow, FIRST);
    }

    private void follow(RoutingContext request) {
        TraceContext trace = TraceContext.continuing(request.request().getHeader(TraceContext.HEADER));
        trace.enter();
        request.response().putHeader(TraceContext.HEADER, trace.traceParent());
        request.next();
    }
}
