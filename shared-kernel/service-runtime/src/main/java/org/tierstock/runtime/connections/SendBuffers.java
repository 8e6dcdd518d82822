package org.tierstock.runtime.connections;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Bounds what the platform keeps of an answer that its caller has not taken yet.
 *
 * <p>The platform takes more of it when about a third of what it keeps has been taken, and nothing moves for the service until
 * then. Left to itself it keeps some megabytes, and whoever reads steadily, but takes longer for a third of those than a
 * connection may be silent, looks like somebody who has gone.
 */
@ApplicationScoped
public class SendBuffers implements HttpServerOptionsCustomizer {
    /** Enough for ten megabytes a second at ten milliseconds to the caller and back. */
    private static final int BYTES = 128 * 1024;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setSendBufferSize(BYTES);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setSendBufferSize(BYTES);
    }
}
