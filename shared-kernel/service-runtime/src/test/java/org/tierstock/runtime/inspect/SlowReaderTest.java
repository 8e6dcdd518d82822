package org.tierstock.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
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
import org.tierstock.runtime.sql.Database;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class SlowReaderTest {
    /** More than the buffers between the two hold. */
    private static final int MOVEMENTS = 200_000;

    @Inject
    Books books;

    @Inject
    Database database;

    @Test
    @Timeout(60)
    void a_ledger_that_is_read_slowly_holds_no_transaction_and_is_complete() throws IOException {
        books.run("""
                INSERT INTO ledger (action, from_bucket, to_bucket, quantity, document_kind, document_number, document_line)
                SELECT 'INCREASE', 'EXTERNAL', 'EXTERNAL', 1, 'STOCK_GRANT', 'SLOW', n FROM generate_series(1, %d) AS n
                """.formatted(MOVEMENTS));

        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream().write("""
                            GET /v1/movements?document=SLOW HTTP/1.0
                            Authorization: Bearer %s
                            Accept: text/csv

                            """.formatted(Tokens.of("auditor"))
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).contains("200");

            // The rest waits for this reader.
            assertThat(openTransactionsOfReaders()).isZero();

            assertThat(answer.lines().filter(line -> line.contains(",SLOW,")).count())
                    .isEqualTo(MOVEMENTS);
        }
    }

    private long openTransactionsOfReaders() {
        return database.query("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE application_name = 'tierstock-probe-reads' AND xact_start IS NOT NULL
                        """, Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }
}
