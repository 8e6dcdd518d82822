package org.tierstock.runtime.bounds;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tierstock.runtime.probe.Platform;

/** Whatever strangers name in their requests, it makes no series of metrics: those are kept for as long as the process lives. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@Timeout(120)
class MetersOfRequestsTest {
    private static final int REQUESTS = 1_000;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    /** A {@code *} is another name each time. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "no such path, GET /* HTTP/1.1, Host: localhost, 404",
        "no such path below one that is served, GET /v1/probe/*/x HTTP/1.1, Host: localhost, 404",
        "no such query, GET /?*=* HTTP/1.1, Host: localhost, 404",
        "a body that is too large, POST /* HTTP/1.1, Host: localhost~Content-Length: 99999999999, 413",
        "another host, GET / HTTP/1.1, Host: *, 404",
        "a host that cannot be, GET /* HTTP/1.1, Host: *:*:*, 400",
        "no host, GET /* HTTP/1.1, X: y, 400",
        "a whole URI, GET http://*/* HTTP/1.1, Host: localhost, 404",
        "no such method, M* / HTTP/1.1, Host: localhost, 404",
        "no such method of one that is served, M* /v1/probe/forgotten HTTP/1.1, Host: localhost, 405",
        "asked for what may be done, OPTIONS /* HTTP/1.1, Host: localhost~Origin: http://*, 404",
        "an upgrade, GET /* HTTP/1.1, Host: localhost~Connection: Upgrade~Upgrade: websocket, 404",
    })
    void a_thousand_names_that_strangers_choose_make_no_thousand_series(
            String what, String line, String headers, int answer) throws IOException {
        for (int request = 0; request < 3; request++) {
            assertThat(ask(line, headers)).isEqualTo(answer);
        }
        long before = series();

        for (int request = 0; request < REQUESTS; request++) {
            ask(line, headers);
        }

        assertThat(series()).isLessThan(before + 20);
    }

    private static int ask(String line, String headers) throws IOException {
        String request = line + "\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n";
        while (request.contains("*")) {
            request = request.replaceFirst("\\*", UUID.randomUUID().toString());
        }
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = new BufferedInputStream(socket.getInputStream());
            String status = new String(answer.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            return Integer.parseInt(status.substring(status.indexOf(' ') + 1));
        }
    }

    private long series() {
        return given().get(management.resolve("/q/metrics"))
                .body()
                .asString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .count();
    }
}
