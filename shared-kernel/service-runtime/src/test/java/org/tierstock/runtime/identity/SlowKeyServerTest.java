package org.tierstock.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.probe.Waiting;

/** An issuer that takes long to tell its keys keeps those waiting whose tokens need them, and nobody else. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@QuarkusTestResource(value = SlowKeyServerTest.SlowKeys.class, restrictToAnnotatedClass = true)
@Timeout(60)
class SlowKeyServerTest {
    /** So many that each event loop has some of them. */
    private static final int CALLERS = 4 * Runtime.getRuntime().availableProcessors();

    private static final CountDownLatch ASKED = new CountDownLatch(1);
    private static final CountDownLatch TOLD = new CountDownLatch(1);

    @Inject
    MeterRegistry meters;

    /** Tells its key when it is let. */
    public static class SlowKeys implements QuarkusTestResourceLifecycleManager {
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] key = Tokens.publicKeyPem().getBytes(StandardCharsets.US_ASCII);
            server.setExecutor(call -> Thread.ofVirtual().start(call));
            server.createContext("/", call -> {
                ASKED.countDown();
                try {
                    TOLD.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                call.sendResponseHeaders(200, key.length);
                call.getResponseBody().write(key);
                call.close();
            });
            server.start();
            return Map.of(
                    "mp.jwt.verify.publickey.location",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/key.pem");
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }

    @Test
    void whoever_needs_no_key_is_answered_while_the_key_server_is_silent() throws Exception {
        List<Socket> waiting = asked(withToken());
        List<Socket> leaving = asked(withToken());
        ASKED.await();

        try {
            othersAreAnswered();
            for (Socket caller : leaving) {
                caller.close();
            }
            // Behind these no event loop has anything left to see of those that have left.
            othersAreAnswered();
        } finally {
            TOLD.countDown();
        }
        for (Socket caller : waiting) {
            try (caller) {
                assertThat(status(caller)).isEqualTo("HTTP/1.1 200");
            }
        }
        // Who left while the key was awaited holds no place either.
        Waiting.until(() -> meters.get("tierstock.requests.active").gauge().value() == 0);
    }

    private static String withToken() {
        return "Authorization: Bearer " + Tokens.of("operator") + "\r\n";
    }

    private static void othersAreAnswered() throws IOException {
        for (Socket other : asked("")) {
            try (other) {
                assertThat(status(other)).isEqualTo("HTTP/1.1 401");
            }
        }
    }

    private static List<Socket> asked(String authorization) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /v1/probe/text?text=a HTTP/1.1\r\nHost: localhost\r\n" + authorization + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        return sockets;
    }

    private static String status(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
    }
}
