package org.tierstock.runtime.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;

/** With times in which nobody is closed here for being idle. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(GrpcPlacesTest.FewPlaces.class)
@Timeout(60)
class GrpcPlacesTest {
    private static final int PLACES = 4;
    private static final byte[] NOTHING = {};

    public static class FewPlaces implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tierstock.grpc.connections-per-address", Integer.toString(PLACES),
                    "tierstock.grpc.handshake", "1m",
                    "tierstock.grpc.first-call", "1m");
        }
    }

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int grpcPort;

    @Test
    void one_address_takes_its_part_of_the_connections_and_others_still_get_theirs() throws IOException {
        takeAllFromOneAddress(RawCalls.GREETING);
    }

    @Test
    void a_connection_that_says_nothing_has_taken_its_place() throws IOException {
        takeAllFromOneAddress(NOTHING);
    }

    private void takeAllFromOneAddress(byte[] said) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            sockets.add(connect("127.0.0.1", said));
        }
        try (Socket oneMore = connect("127.0.0.1", said);
                Socket other = connect("127.0.0.2", said)) {
            assertThat(isClosed(oneMore)).isTrue();
            assertThat(isClosed(other)).isFalse();
        }
        assertThat(sockets).noneMatch(GrpcPlacesTest::isClosed);

        sockets.removeLast().close();
        while (true) {
            try (Socket next = connect("127.0.0.1", said)) {
                if (!isClosed(next)) {
                    break;
                }
            }
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private Socket connect(String from, byte[] said) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), grpcPort, InetAddress.getByName(from), 0);
        socket.getOutputStream().write(said);
        return socket;
    }

    /** Whether the server has ended it, after what it has to say. */
    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(1_000);
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }
}
