package org.tierstock.integration.fuzz;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to one service, kept open between requests. */
final class Wires implements AutoCloseable {
    private final URI to;
    private final ConcurrentLinkedDeque<Wire> idle = new ConcurrentLinkedDeque<>();

    Wires(URI to) {
        this.to = to;
    }

    String authority() {
        return to.getAuthority();
    }

    /**
     * Sends a request and reads its answer. A connection that had been kept may have been closed meanwhile by the service:
     * then a new one is tried.
     *
     * @param reusable whether the connection is good for another request afterwards, if the service says so too
     * @throws IOException when there is no answer
     */
    Wire.Answer exchange(byte[] request, boolean reusable) throws IOException {
        Wire kept = idle.pollFirst();
        if (kept != null) {
            try {
                return through(kept, request, reusable);
            } catch (IOException closed) {
                return through(new Wire(to), request, reusable);
            }
        }
        return through(new Wire(to), request, reusable);
    }

    private Wire.Answer through(Wire wire, byte[] request, boolean reusable) throws IOException {
        boolean keep = false;
        try {
            Wire.Answer answer = wire.exchange(request);
            keep = reusable && !answer.last();
            return answer;
        } finally {
            if (keep) {
                idle.addFirst(wire);
            } else {
                wire.close();
            }
        }
    }

    @Override
    public void close() {
        idle.forEach(Wire::close);
    }
}
