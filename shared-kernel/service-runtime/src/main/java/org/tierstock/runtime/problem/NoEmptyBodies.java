package org.tierstock.runtime.problem;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** An endpoint that takes a body gets one: an empty body, or the JSON text {@code null}, is malformed. */
@Provider
public class NoEmptyBodies implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
        Object read = body.proceed();
        if (read == null) {
            throw Problem.malformed("", "The body is missing.");
        }
        return read;
    }
}
