package org.tierstock.runtime.inspect;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Tokens;

/** Movements whose CSV is more than the buffers between a service and its reader hold. */
final class LargeLedger {
    static final int MOVEMENTS = 200_000;

    private static final int RECEIVED = 16_384;

    private LargeLedger() {}

    static void write(Books books, String document) {
        books.run("""
                INSERT INTO ledger (action, from_bucket, to_bucket, quantity, document_kind, document_number, document_line)
                SELECT 'INCREASE', 'EXTERNAL', 'EXTERNAL', 1, 'STOCK_GRANT', '%s', n FROM generate_series(1, %d) AS n
                """.formatted(document, MOVEMENTS));
    }

    /** Asks for them as CSV. The reader keeps little itself: what it does not take stays with the service. */
    static Socket ask(String document) throws IOException {
        return ask("/v1/movements?document=" + document, "text/csv", "auditor");
    }

    static Socket ask(String path, String type, String role) throws IOException {
        Socket socket = new Socket();
        // However much the platform would keep between the two.
        socket.setReceiveBufferSize(RECEIVED);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        socket.getOutputStream().write("""
                        GET %s HTTP/1.0
                        Authorization: Bearer %s
                        Accept: %s

                        """.formatted(path, Tokens.of(role), type)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
