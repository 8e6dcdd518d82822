package org.tierstock.runtime.inspect;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
    @Inject
    Books books;

    @Inject
    Database database;

    @Inject
    MeterRegistry meters;

    @Test
    @Timeout(60)
    void a_ledger_that_is_read_slowly_holds_no_transaction_and_is_complete() throws IOException {
        LargeLedger.write(books, "SLOW");

        try (Socket socket = LargeLedger.ask("SLOW")) {
            BufferedReader answer = begun(socket);

            // The service itself reads now and then.
            Waiting.until(() -> openTransactionsOfReaders() == 0);

            assertThat(bytesThatWait()).isPositive();
            assertThat(answer.lines().filter(line -> line.contains(",SLOW,")).count())
                    .isEqualTo(LargeLedger.MOVEMENTS);
        }
    }

    @Test
    @Timeout(60)
    void a_caller_whose_files_are_not_taken_yet_gets_no_further_one_and_another_caller_does() throws IOException {
        LargeLedger.write(books, "FILE");
        try (Socket first = LargeLedger.ask("FILE")) {
            begun(first);
            try (Socket second = LargeLedger.ask("FILE")) {
                begun(second);

                csv("somebody").then().statusCode(429);
                csv("another").then().statusCode(200);
                assertThat(bytesThatWait()).isGreaterThan(2.0 * LargeLedger.MOVEMENTS);
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

    private long openTransactionsOfReaders() {
        return database.query("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE application_name = 'tierstock-probe-reads' AND xact_start IS NOT NULL
                        """, Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }
}
