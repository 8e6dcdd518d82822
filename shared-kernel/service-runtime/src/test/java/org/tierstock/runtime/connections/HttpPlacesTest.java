package org.tierstock.runtime.connections;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;

/** With times in which nobody is closed here for being idle. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(HttpPlacesTest.FewPlaces.class)
@Timeout(60)
class HttpPlacesTest {
    private static final int FROM_ONE = 5;

    public static class FewPlaces implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tierstock.http.connections-per-address", Integer.toString(FROM_ONE));
        }
    }

    @Test
    void one_address_takes_its_part_of_the_connections_and_others_still_get_theirs() throws IOException {
        given().get("/v1/probe/forgotten");
        List<Socket> sockets = new ArrayList<>();
        for (int place = 0; place < FROM_ONE; place++) {
            Socket socket = connect("127.0.0.2");
            assertThat(answers(socket)).isTrue();
            sockets.add(socket);
        }
        try (Socket oneMore = connect("127.0.0.2");
                Socket other = connect("127.0.0.3")) {
            assertThat(answers(oneMore)).isFalse();
            assertThat(answers(other)).isTrue();
        }

        sockets.removeLast().close();
        while (true) {
            try (Socket next = connect("127.0.0.2")) {
                if (answers(next)) {
                    break;
                }
            }
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static Socket connect(String from) throws IOException {
        Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), RestAssured.port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static boolean answers(Socket socket) throws IOException {
        try {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H';
        } catch (SocketException closed) {
            return false;
        }
    }
}
