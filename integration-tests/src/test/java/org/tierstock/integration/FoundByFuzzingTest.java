package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.load.GrpcReplicas;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;
import org.tierstock.protocol.v1.AppliedPosition;
import org.tierstock.protocol.v1.CloseNumbersRequest;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.protocol.v1.HeldAnswersRequest;
import org.tierstock.protocol.v1.HeldAnswersResponse;
import org.tierstock.protocol.v1.HistoryServiceGrpc;
import org.tierstock.protocol.v1.MeetRequest;
import org.tierstock.protocol.v1.NumberRange;
import org.tierstock.protocol.v1.StreamPosition;
import org.tierstock.protocol.v1.StreamRange;

/** What bad input has once broken. */
class FoundByFuzzingTest {
    private static final Envelope ENVELOPE =
            Envelope.newBuilder().setEpoch(1).setJournal(1).build();

    /** As the layer that calls it. */
    private static void asService(Layer layer, Consumer<ManagedChannel> calls) {
        LocalPlatform platform = RunningPlatform.get();
        Role caller = Role.ofService(layer == Layer.DISPATCH ? Layer.SALES : Layer.DISPATCH);
        ManagedChannel channel = new GrpcReplicas(platform.grpcAddresses(layer), platform.token(caller, Scopes.ALL))
                .connect(platform.grpcAddress(layer));
        try {
            calls.accept(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_position_named_twice_is_no_failure() {
        StreamPosition ofSales =
                StreamPosition.newBuilder().setStream("D>S").setSequence(1).build();
        StreamPosition ofDispatch =
                StreamPosition.newBuilder().setStream("W>D:NONE").setSequence(1).build();

        asService(
                Layer.DISPATCH,
                channel -> assertThat(org.tierstock.dispatch.v1.ReconciliationServiceGrpc.newBlockingStub(channel)
                                .exchangePositions(org.tierstock.dispatch.v1.ExchangePositionsRequest.newBuilder()
                                        .setEnvelope(ENVELOPE)
                                        .addReleased(ofSales)
                                        .addReleased(ofSales)
                                        .build())
                                .getCallerEpoch())
                        .isEqualTo(1));
        asService(
                Layer.WAREHOUSE,
                channel -> assertThat(org.tierstock.warehouse.v1.ReconciliationServiceGrpc.newBlockingStub(channel)
                                .exchangePositions(org.tierstock.warehouse.v1.ExchangePositionsRequest.newBuilder()
                                        .setEnvelope(ENVELOPE)
                                        .addReleased(ofDispatch)
                                        .addReleased(ofDispatch)
                                        .build())
                                .getCallerEpoch())
                        .isEqualTo(1));
    }

    @Test
    void a_peer_that_names_a_partition_or_a_stream_that_cannot_be_is_to_blame_itself() {
        asService(Layer.SALES, channel -> {
            HistoryServiceGrpc.HistoryServiceBlockingStub sales = HistoryServiceGrpc.newBlockingStub(channel);
            MeetRequest beyond = MeetRequest.newBuilder()
                    .setEnvelope(ENVELOPE)
                    .setLayer("dispatch")
                    .addApplied(AppliedPosition.newBuilder().setStream("S>D").setPartition(Integer.MAX_VALUE))
                    .build();
            CloseNumbersRequest notItsOwn = CloseNumbersRequest.newBuilder()
                    .setEnvelope(ENVELOPE)
                    .setLayer("dispatch")
                    .addRanges(StreamRange.newBuilder()
                            .setStream("S>D")
                            .setNumbers(NumberRange.newBuilder().setFirst(1).setLast(1)))
                    .build();

            assertThat(refused(() -> sales.meet(beyond))).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(refused(() -> sales.closeNumbers(notItsOwn))).isEqualTo(Status.Code.INVALID_ARGUMENT);
        });
    }

    @Test
    void noise_that_a_peer_has_parked_does_not_keep_it_fenced() {
        asService(Layer.SALES, channel -> {
            MeetRequest noisy = MeetRequest.newBuilder()
                    .setEnvelope(ENVELOPE)
                    .setLayer("dispatch")
                    .addApplied(AppliedPosition.newBuilder()
                            .setStream("X>Y")
                            .setPartition(-1)
                            .addBeyond(NumberRange.newBuilder().setFirst(1).setLast(1)))
                    .build();

            assertThat(HistoryServiceGrpc.newBlockingStub(channel).meet(noisy).hasSeen())
                    .isTrue();
        });
    }

    private static Status.Code refused(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call)
                .getStatus()
                .getCode();
    }

    @Test
    void an_instant_beyond_the_calendar_is_malformed() {
        for (Layer layer : Layer.values()) {
            Rest.Answer answer = RunningPlatform.rest(layer, Role.OPERATOR)
                    .get("/v1/movements?sku=NONE&from=%2B999999999-12-31T23:59:59Z");

            assertThat(answer.status()).as(layer.code()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("MALFORMED");
        }
    }

    @Test
    void a_history_that_is_larger_than_the_memory_is_told_to_a_peer_that_reads_slowly() throws Exception {
        int documents = 3_000;
        LocalPlatform platform = RunningPlatform.get();
        long before = platform.pid("dispatch-0");
        String order = "larger-than-the-memory";
        onDispatch("""
                INSERT INTO line_cancel (order_number, line, cancel, partition, accepted, done, refused, asker_epoch,
                                         asker_journal, sheet)
                SELECT '%s', 1, n, 0, 0, 0, 0, 1, 0, repeat('x', 250000) FROM generate_series(1, %d) AS n
                """.formatted(order, documents));
        try {
            asService(Layer.DISPATCH, channel -> {
                Iterator<HeldAnswersResponse> answers = HistoryServiceGrpc.newBlockingStub(channel)
                        .heldAnswers(HeldAnswersRequest.newBuilder()
                                .setLayer("sales")
                                .build());
                // Whatever the service would send meanwhile it would have to hold.
                pause(2_000);
                int read = 0;
                while (answers.hasNext()) {
                    read += (int) answers.next().getAnswersList().stream()
                            .filter(answer -> answer.getContent().contains(order))
                            .count();
                }
                assertThat(read).isEqualTo(documents);
            });
        } finally {
            onDispatch("DELETE FROM line_cancel WHERE order_number = '" + order + "'");
        }
        assertThat(platform.alive("dispatch-0")).isTrue();
        assertThat(platform.pid("dispatch-0")).isEqualTo(before);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void onDispatch(String sql) throws SQLException {
        LayerDatabase dispatch = RunningPlatform.get().database(Layer.DISPATCH);
        try (Connection connection =
                        DriverManager.getConnection(dispatch.jdbcUrl(), dispatch.user(), dispatch.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
