package org.tierstock.runtime.readers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeGrpcService;
import org.tierstock.runtime.probe.Tokens;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.DatabaseFailure;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ReadersTest {
    private static final int READERS = 8;
    private static final int SHARE = 2;

    @Inject
    Books books;

    @Inject
    @Reads
    Database reads;

    @ConfigProperty(name = "tierstock.pg.url")
    String url;

    @ConfigProperty(name = "quarkus.grpc.server.test-port")
    int grpc;

    @Test
    @Timeout(60)
    void readers_that_wait_take_no_connection_of_a_posting_and_each_caller_has_its_share_of_theirs()
            throws SQLException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection owner = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE stream_head");
            List<CompletableFuture<Response>> readers = Stream.generate(
                            () -> CompletableFuture.supplyAsync(ReadersTest::streams, callers))
                    .limit(READERS)
                    .toList();
            while (waiting(statement) < SHARE) {
                Thread.onSpinWait();
            }

            books.receive("web/r1", "r1", 10, "G-r1");

            assertThat(readers).anyMatch(reader -> !reader.isDone());
            // And maybe a gauge, which is no caller's.
            assertThat(waiting(statement)).isBetween((long) SHARE, SHARE + 1L);
            // The lock is kept: a list that finds no end is ended, and says so.
            assertThat(readers.stream().map(reader -> reader.join().path("code")))
                    .containsOnly("OVERLOADED", "UNAVAILABLE")
                    .filteredOn("UNAVAILABLE"::equals)
                    .hasSize(SHARE);
            owner.rollback();
        }
        streams().then().statusCode(200);
    }

    @Test
    @Timeout(60)
    void a_layer_that_calls_has_its_share_too() throws SQLException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection owner = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE stream_head");

            List<CompletableFuture<Status.Code>> calls = Stream.generate(
                            () -> CompletableFuture.supplyAsync(this::refusal, callers))
                    .limit(READERS)
                    .toList();

            assertThat(calls.stream().map(CompletableFuture::join))
                    .containsOnly(Status.Code.RESOURCE_EXHAUSTED, Status.Code.UNAVAILABLE)
                    .filteredOn(Status.Code.UNAVAILABLE::equals)
                    .hasSize(SHARE);
            owner.rollback();
        }
    }

    /** What becomes of a call that reads what is locked, on a connection of its own: on one they would wait for each other. */
    private Status.Code refusal() {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", grpc)
                .usePlaintext()
                .build();
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Tokens.of("service-sales"));
        try {
            return catchThrowableOfType(
                            StatusRuntimeException.class,
                            () -> ClientCalls.blockingUnaryCall(
                                    ClientInterceptors.intercept(
                                            channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                                    ProbeGrpcService.ASK,
                                    CallOptions.DEFAULT,
                                    "streams"))
                    .getStatus()
                    .getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void a_reader_that_may_read_for_minutes_does_not_wait_for_a_lock_so_long() throws SQLException {
        try (Connection owner = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE ledger");

            assertThatThrownBy(() ->
                            reads.survey("SELECT count(*) FROM ledger", Database.Binder.NOTHING, row -> row.getLong(1)))
                    .isInstanceOf(DatabaseFailure.class)
                    .hasMessageContaining("lock timeout");
            owner.rollback();
        }
    }

    @Test
    void readers_can_write_nothing() {
        assertThatThrownBy(() -> reads.update("DELETE FROM stream_head", Database.Binder.NOTHING))
                .isInstanceOf(DatabaseFailure.class)
                .hasMessageContaining("read-only");
    }

    private static long waiting(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery(
                "SELECT count(DISTINCT pid) FROM pg_locks WHERE relation = 'stream_head'::regclass AND NOT granted")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Response streams() {
        return given().auth().oauth2(Tokens.of("operator")).get("/v1/streams");
    }
}
