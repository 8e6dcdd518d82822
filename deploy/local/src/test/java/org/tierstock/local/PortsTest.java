package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @TempDir
    Path directory;

    @Test
    void a_port_reserved_by_one_launcher_is_not_given_to_another() {
        try (Ports first = new Ports(directory);
                Ports second = new Ports(directory)) {
            int port = first.free();

            assertThat(second.preferably(port)).isNotEqualTo(port);
            assertThatThrownBy(() -> second.given(port)).hasMessage(inUse(port));
        }
    }

    @Test
    void a_port_that_somebody_listens_on_is_not_taken() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Ports ports = new Ports(directory)) {
            int port = listening.getLocalPort();

            assertThat(ports.preferably(port)).isNotEqualTo(port);
            assertThatThrownBy(() -> ports.given(port)).hasMessage(inUse(port));
        }
    }

    @Test
    void a_port_is_free_again_when_its_launcher_is_done() {
        int port;
        try (Ports first = new Ports(directory)) {
            port = first.free();
        }

        try (Ports second = new Ports(directory)) {
            assertThat(second.given(port)).isEqualTo(port);
        }
    }

    private static String inUse(int port) {
        return "port " + port + " is in use; give another, or none to have a free one chosen";
    }
}
