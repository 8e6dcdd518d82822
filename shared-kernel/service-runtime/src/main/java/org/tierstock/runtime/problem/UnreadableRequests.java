package org.tierstock.runtime.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Answers as a problem a request that names no host, or none that can be read. The server stumbles over it before any resource
 * has it, and would tell its caller of its own insides, and the log of an error, whoever sends it.
 */
@ApplicationScoped
public class UnreadableRequests {
    private static final int UNREADABLE = 400;

    private final Buffer noHost;

    @Inject
    UnreadableRequests(ObjectMapper json) throws JsonProcessingException {
        this.noHost = Buffer.buffer(json.writeValueAsBytes(
                Problem.malformed("Host", "The request must name its host.").document()));
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext request) {
        if (request.statusCode() == UNREADABLE && request.failure() instanceof VertxException) {
            request.response()
                    .setStatusCode(UNREADABLE)
                    .putHeader(HttpHeaders.CONTENT_TYPE, ProblemResponses.PROBLEM_JSON)
                    .end(noHost);
        } else {
            request.next();
        }
    }
}
