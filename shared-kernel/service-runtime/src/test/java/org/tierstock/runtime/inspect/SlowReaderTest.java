package org.tierstock.runtime.inspect;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.probe.Waiting;
import org.tierstock.runtime.sql.Database;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class SlowReaderTest {
    /** More than the buffers between the two hold. */
    private static final int MOVEMENTS = 200_000;

    private static final int RECEIVED = 16_384;

    @Inject
    Books books;

    @Inject
    Database database;

    @Inject
    MeterRegistry meters;

    @Test
    @Timeout(60)
    void a_ledger_that_is_read_slowly_holds_no_transaction_and_is_complete() throws IOException {
        movements("SLOW");

        try (Socket socket = asked("SLOW")) {
            BufferedReader answer = begun(socket);

            // The service itself reads now and then.
            Waiting.until(() -> openTransactionsOfReaders() == 0);

            assertThat(bytesThatWait()).isPositive();
            assertThat(answer.lines().filter(line -> line.contains(",SLOW,")).count())
                    .isEqualTo(MOVEMENTS);
        }
    }

    @Test
    @Timeout(60)
    void a_caller_whose_files_are_not_taken_yet_gets_no_further_one_and_another_caller_does() throws IOException {
        movements("FILE");
        try (Socket first = asked("FILE")) {
            begun(first);
            try (Socket second = asked("FILE")) {
                begun(second);

                csv("somebody").then().statusCode(429);
                csv("another").then().statusCode(200);
                assertThat(bytesThatWait()).isGreaterThan(2.0 * MOVEMENTS);
            }
        }
        Waiting.until(() -> csv("somebody").statusCode() == 200);
        Waiting.until(() -> bytesThatWait() == 0);
    }

    /** An answer that comes: all of it has been read, and most of it waits. */
    private static BufferedReader begun(Socket socket) throws IOException {
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(answer.readLine()).contains("200");
        return answer;
    }

    private double bytesThatWait() {
        return meters.get("tierstock.spool.bytes").gauge().value();
    }

    private static Response csv(String who) {
        return given().auth()
                .oauth2(Tokens.ofSubject(who, "auditor"))
                .accept("text/csv")
                .get("/v1/movements?document=none");
    }

    private void movements(String document) {
        books.run("""
                INSERT INTO ledger (action, from_bucket, to_bucket, quantity, document_kind, document_number, document_line)
                SELECT 'INCREASE', 'EXTERNAL', 'EXTERNAL', 1, 'STOCK_GRANT', '%s', n FROM generate_series(1, %d) AS n
                """.formatted(document, MOVEMENTS));
    }

    private static Socket asked(String document) throws IOException {
        Socket socket = new Socket();
        // However much the platform would keep between the two.
        socket.setReceiveBufferSize(RECEIVED);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        socket.getOutputStream().write("""
                        GET /v1/movements?document=%s HTTP/1.0
                        Authorization: Bearer %s
                        Accept: text/csv

                        """.formatted(document, Tokens.of("auditor"))
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private long openTransactionsOfReaders() {
        return database.query("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE application_name = 'tierstock-probe-reads' AND xact_start IS NOT NULL
                        """, Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }
}
