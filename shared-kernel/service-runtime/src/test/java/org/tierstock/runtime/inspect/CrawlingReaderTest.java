package org.tierstock.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeResource;
import org.tierstock.runtime.probe.Waiting;

/** Who takes an answer at a crawl takes it, and who takes none of it does not keep its place. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
@TestProfile(CrawlingReaderTest.ShortPatience.class)
@Timeout(120)
class CrawlingReaderTest {
    /** A kilobyte at a time, fifty times a second at most: in ten seconds less than half a megabyte. */
    private static final int PORTIONS = 500;

    private static final int PORTION = 1024;
    private static final long BETWEEN_MILLIS = 20;

    /**
     * In this time a crawling reader takes a hundred kilobytes, and half as much on a busy machine. In forty seconds, which
     * stand in the settings, that is 2.5 kilobytes a second.
     */
    public static class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tierstock.http.idle", "2s");
        }
    }

    @Inject
    Books books;

    @Inject
    MeterRegistry meters;

    @Test
    void a_ledger_that_is_read_at_a_crawl_is_complete() throws IOException {
        LargeLedger.write(books, "CRAWL");

        try (Socket socket = LargeLedger.ask("CRAWL")) {
            assertThat(atACrawl(socket).lines().filter(line -> line.contains(",CRAWL,")))
                    .hasSize(LargeLedger.MOVEMENTS);
        }
    }

    @Test
    void an_answer_in_one_piece_that_is_read_at_a_crawl_is_complete() throws IOException {
        try (Socket socket = LargeLedger.ask("/v1/probe/large", "application/json", "operator")) {
            String answer = atACrawl(socket);

            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(ProbeResource.LARGE);
        }
    }

    @Test
    void who_takes_nothing_of_an_answer_any_more_is_cut_off() throws IOException {
        LargeLedger.write(books, "LEFT");

        try (Socket socket = LargeLedger.ask("LEFT")) {
            InputStream answer = socket.getInputStream();
            answer.readNBytes(PORTION);
            assertThat(bytesThatWait()).isPositive();
            Waiting.until(() -> bytesThatWait() == 0);

            String taken = new String(readUntilCutOff(answer), StandardCharsets.UTF_8);
            assertThat(taken.lines().filter(line -> line.contains(",LEFT,"))).hasSizeLessThan(LargeLedger.MOVEMENTS);
        }
    }

    /** The whole answer: its beginning at a crawl, and the rest as fast as it comes. */
    private static String atACrawl(Socket socket) throws IOException {
        InputStream answer = socket.getInputStream();
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        for (int portion = 0; portion < PORTIONS; portion++) {
            taken.write(answer.readNBytes(PORTION));
            pause();
        }
        answer.transferTo(taken);
        return taken.toString(StandardCharsets.UTF_8);
    }

    private static byte[] readUntilCutOff(InputStream answer) throws IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        try {
            answer.transferTo(taken);
        } catch (SocketException reset) {
            Thread.onSpinWait();
        }
        return taken.toByteArray();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_MILLIS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private double bytesThatWait() {
        return meters.get("tierstock.spool.bytes").gauge().value();
    }
}
