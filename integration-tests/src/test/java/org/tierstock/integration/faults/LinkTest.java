package org.tierstock.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a link does to connections, between a caller and a server that answers every word with the same in capitals. */
@Timeout(30)
class LinkTest {
    private static final int SHORT_MILLIS = 300;

    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    private final CountDownLatch endedAtServer = new CountDownLatch(1);
    private ServerSocket server;
    private Link link;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        link = new Link("caller", "server", "127.0.0.1", server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket accepted = server.accept();
                Thread.ofVirtual().start(() -> answer(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        byte[] buffer = new byte[65_536];
        try (socket) {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                String word = new String(buffer, 0, read, StandardCharsets.UTF_8);
                heard.add(word);
                socket.getOutputStream().write(word.toUpperCase().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // A reset is an end as well.
        } finally {
            endedAtServer.countDown();
        }
    }

    private Socket connect() throws IOException {
        String[] address = link.address().split(":");
        Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static String ask(Socket socket, String word) throws IOException {
        say(socket, word);
        return hear(socket, word.length());
    }

    private static void say(Socket socket, String word) throws IOException {
        socket.getOutputStream().write(word.getBytes(StandardCharsets.UTF_8));
    }

    private static String hear(Socket socket, int length) throws IOException {
        byte[] answer = socket.getInputStream().readNBytes(length);
        if (answer.length < length) {
            throw new IOException("ended");
        }
        return new String(answer, StandardCharsets.UTF_8);
    }

    @Test
    void a_link_in_peace_hands_on_what_is_said_and_who_has_ended() throws Exception {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "one")).isEqualTo("ONE");
            assertThat(ask(socket, "two")).isEqualTo("TWO");

            socket.shutdownOutput();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(endedAtServer.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).containsExactly("one", "two");
        assertThat(link.struck()).isZero();
    }

    @Test
    void a_cut_link_resets_what_is_connected_and_what_connects_until_it_is_healed() throws Exception {
        try (Socket before = connect()) {
            assertThat(ask(before, "one")).isEqualTo("ONE");

            link.cut();

            assertThatThrownBy(() -> ask(before, "two")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ask(connect(), "three")).isInstanceOf(IOException.class);
        }
        assertThat(endedAtServer.await(5, TimeUnit.SECONDS)).isTrue();
        link.heal();
        try (Socket after = connect()) {
            assertThat(ask(after, "four")).isEqualTo("FOUR");
        }
        assertThat(heard).containsExactly("one", "four");
        assertThat(link.struck()).isEqualTo(2);
    }

    @Test
    void a_severed_link_stays_closed_when_it_is_healed() throws Exception {
        try (Socket before = connect()) {
            assertThat(ask(before, "one")).isEqualTo("ONE");

            link.sever();
            link.heal();

            assertThatThrownBy(() -> ask(before, "two")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ask(connect(), "three")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_half_open_connection_has_ended_at_the_server_and_its_caller_learns_it_only_by_speaking_later()
            throws Exception {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "one")).isEqualTo("ONE");
            socket.setSoTimeout(SHORT_MILLIS);

            link.leaveHalfOpen();

            assertThat(endedAtServer.await(5, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> ask(socket, "two")).isInstanceOf(SocketTimeoutException.class);
            try (Socket fresh = connect()) {
                assertThat(ask(fresh, "three")).isEqualTo("THREE");
            }

            link.heal();

            assertThatThrownBy(() -> hear(socket, 1)).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> ask(socket, "four")).isInstanceOf(SocketException.class);
        }
        assertThat(heard).containsExactly("one", "three");
    }

    @Test
    void a_silent_link_swallows_everything_and_tells_neither_end() throws Exception {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "one")).isEqualTo("ONE");
            socket.setSoTimeout(SHORT_MILLIS);

            link.silence();

            assertThatThrownBy(() -> ask(socket, "two")).isInstanceOf(SocketTimeoutException.class);
            try (Socket fresh = connect()) {
                fresh.setSoTimeout(SHORT_MILLIS);
                assertThatThrownBy(() -> ask(fresh, "three")).isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(endedAtServer.getCount()).isOne();

            link.heal();

            assertThatThrownBy(() -> ask(socket, "four")).isInstanceOf(SocketException.class);
        }
        assertThat(endedAtServer.await(5, TimeUnit.SECONDS)).isTrue();
        try (Socket after = connect()) {
            assertThat(ask(after, "five")).isEqualTo("FIVE");
        }
        assertThat(heard).containsExactly("one", "five");
    }

    @Test
    void a_lost_answer_is_one_whose_request_has_arrived() throws Exception {
        try (Socket socket = connect();
                Socket other = connect()) {
            assertThat(ask(socket, "one")).isEqualTo("ONE");

            link.loseAnswers(1);

            assertThatThrownBy(() -> ask(socket, "two")).isInstanceOf(IOException.class);
            assertThat(ask(other, "three")).isEqualTo("THREE");
        }
        assertThat(heard).containsExactly("one", "two", "three");
        assertThat(link.struck()).isOne();
    }

    @Test
    void a_delayed_link_hands_on_later_and_a_throttled_one_slower() throws Exception {
        try (Socket socket = connect()) {
            link.delay(Duration.ofMillis(100));
            long delayed = millis(() -> ask(socket, "one"));
            link.throttle(100_000);
            long throttled = millis(() -> ask(socket, "x".repeat(20_000)));
            link.heal();
            long healed = millis(() -> ask(socket, "x".repeat(20_000)));

            assertThat(delayed).isGreaterThanOrEqualTo(200);
            assertThat(throttled).isGreaterThanOrEqualTo(200);
            assertThat(healed).isLessThan(throttled);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static long millis(Step step) throws IOException {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
