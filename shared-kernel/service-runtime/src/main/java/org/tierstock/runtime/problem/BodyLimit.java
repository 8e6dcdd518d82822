package org.tierstock.runtime.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a body that says it is too large before it is read. The server would do so too, but without a problem. */
@ApplicationScoped
public class BodyLimit {
    private static final int BEFORE_THE_SERVERS_OWN = 100;
    private static final long LINGER_MILLIS = 2_000;

    private final long maxBytes;
    private final Buffer answer;

    @Inject
    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize, ObjectMapper json)
            throws JsonProcessingException {
        this.maxBytes = maxBodySize.asLongValue();
        this.answer = Buffer.buffer(json.writeValueAsBytes(Problems.tooLarge().document()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseTooLarge, BEFORE_THE_SERVERS_OWN);
    }

    private void refuseTooLarge(RoutingContext request) {
        if (length(request) <= maxBytes) {
            request.next();
            return;
        }
        request.response()
                .setStatusCode(413)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemResponses.PROBLEM_JSON)
                .end(answer);
        letItArrive(request);
    }

    /**
     * What the caller still sends is let fall, for a moment. Closed with bytes unread, the connection would be reset, and
     * the caller might never see the answer. When all has come, the connection is good for the next request.
     */
    private static void letItArrive(RoutingContext request) {
        HttpConnection connection = request.request().connection();
        long timer = request.vertx().setTimer(LINGER_MILLIS, late -> connection.close());
        request.request()
                .handler(unread -> {})
                .endHandler(read -> request.vertx().cancelTimer(timer))
                .resume();
    }

    private static long length(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
