package org.tierstock.runtime.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;

/** A service that nobody has sent a request yet. It has no other test: that might send one. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(FirstConnectionsTest.ShortPatience.class)
@Timeout(60)
class FirstConnectionsTest {
    public static class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tierstock.http.request", "1s");
        }
    }

    @Test
    void who_drips_before_anybody_has_sent_a_whole_request_is_not_waited_for_without_end() throws IOException {
        try (Socket dripping = new Socket("127.0.0.1", RestAssured.port)) {
            dripping.setSoTimeout(100);
            boolean closed = false;
            for (int drop = 0; drop < 100 && !closed; drop++) {
                try {
                    dripping.getOutputStream().write('a');
                    closed = dripping.getInputStream().read() < 0;
                } catch (SocketTimeoutException stillOpen) {
                    Thread.onSpinWait();
                } catch (SocketException reset) {
                    closed = true;
                }
            }

            assertThat(closed).isTrue();
        }
    }
}
