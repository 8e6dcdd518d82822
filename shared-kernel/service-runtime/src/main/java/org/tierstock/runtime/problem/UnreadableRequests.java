package org.tierstock.runtime.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Answers as problems what comes to no resource: a path that cannot be decoded, which the server would refuse in its own way,
 * and a request without a host, over which it would stumble and tell the log so, whoever sends it.
 */
@ApplicationScoped
public class UnreadableRequests {
    private static final int BEFORE_IT_IS_ROUTED = 1000;
    private static final int UNREADABLE = 400;

    /** A name or an address, and perhaps a port. */
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");

    private final Buffer noHost;
    private final Buffer noPath;

    @Inject
    UnreadableRequests(ObjectMapper json) throws JsonProcessingException {
        this.noHost = Buffer.buffer(
                json.writeValueAsBytes(Problem.malformed("Host", "The request must name one host.").document()));
        this.noPath = Buffer.buffer(json.writeValueAsBytes(
                Problem.malformed("", "The request's path cannot be read.").document()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::requireHost, BEFORE_IT_IS_ROUTED);
    }

    void register(@Observes Router router) {
        router.errorHandler(UNREADABLE, request -> refuse(request, noPath));
    }

    private void requireHost(RoutingContext request) {
        if (namesHost(request.request())) {
            request.next();
        } else {
            refuse(request, noHost);
        }
    }

    /** Of HTTP/2 the server itself requires it. */
    private static boolean namesHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        return request.version() == HttpVersion.HTTP_2
                || hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches();
    }

    private static void refuse(RoutingContext request, Buffer problem) {
        request.response()
                .setStatusCode(UNREADABLE)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemResponses.PROBLEM_JSON)
                .end(problem);
    }
}
