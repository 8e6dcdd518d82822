package org.tierstock.runtime.fence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import org.tierstock.runtime.problem.Problem;

/** Refuses every request by REST that could change something, but those that a repair consists of. */
@ApplicationScoped
public class FencedRequests {
    /** After the limit of bodies, before everything else. */
    private static final int PRIORITY = 99;

    private static final String API = "/v1/";
    private static final String REPAIR = "/v1/restorations";

    /** They compare and change no stock. */
    private static final Set<String> CHECKS = Set.of("/v1/audits", "/v1/reconciliations");

    private final Fence fence;
    private final ObjectMapper json;

    @Inject
    FencedRequests(Fence fence, ObjectMapper json) {
        this.fence = fence;
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuse, PRIORITY);
    }

    private void refuse(RoutingContext request) {
        if (fence.isOpen() || passes(request)) {
            request.next();
            return;
        }
        Problem problem = fence.problem();
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(
                        HttpHeaders.RETRY_AFTER,
                        Integer.toString(problem.retryAfterSeconds().orElseThrow()))
                .end(body(problem));
    }

    private Buffer body(Problem problem) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(problem.document()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem is always writable", e);
        }
    }

    private static boolean passes(RoutingContext request) {
        String path = request.normalizedPath();
        return !path.startsWith(API)
                || request.request().method().equals(HttpMethod.GET)
                || path.startsWith(REPAIR)
                || CHECKS.contains(path);
    }
}
