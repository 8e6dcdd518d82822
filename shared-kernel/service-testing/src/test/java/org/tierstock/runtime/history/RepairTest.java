package org.tierstock.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.protocol.v1.AppliedResponse;
import org.tierstock.protocol.v1.BeginEpochRequest;
import org.tierstock.protocol.v1.BeginEpochResponse;
import org.tierstock.protocol.v1.CloseNumbersRequest;
import org.tierstock.protocol.v1.CloseNumbersResponse;
import org.tierstock.protocol.v1.HeldAnswersResponse;
import org.tierstock.protocol.v1.HistoryServiceGrpc;
import org.tierstock.protocol.v1.HistoryServiceGrpc.HistoryServiceBlockingStub;
import org.tierstock.protocol.v1.KeptMessage;
import org.tierstock.protocol.v1.MeetResponse;
import org.tierstock.protocol.v1.NumberRange;
import org.tierstock.protocol.v1.SentRequest;
import org.tierstock.protocol.v1.SentResponse;
import org.tierstock.protocol.v1.StreamRange;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.MessageCodec;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

/** A dispatch layer that was set back, and peers that say what a test has them say. */
class RepairTest {
    private static final ChannelKey KEY = new ChannelKey("WEB", "PARCEL", Quality.NORMAL, "NORTH", new Sku("KETTLE"));
    private static final long MOST_AHEAD = 1_000;
    private static final int PARTITION = KEY.sku().partition();

    private final TransactionalDataSource dataSource = EmbeddedDatabase.migrated(
                    "classpath:db/runtime", "classpath:db/history")
            .dataSource();
    private final Database database = new Database(dataSource);
    private final Installation installation = new Installation(database);
    private final RestorationRows restorations = new RestorationRows(database, database);
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final List<List<StreamPosition>> rebuilt = new ArrayList<>();
    private final List<StreamPosition> unfit = new ArrayList<>();
    private final Histories histories =
            new Histories(database, database, installation, new PostgresWatermarks(database)) {
                @Override
                public boolean epochToldBy(String peer, long epoch) {
                    return dataSource.inTransaction(() -> super.epochToldBy(peer, epoch));
                }
            };
    private final Repair repair = new Repair(
            new Peers() {
                @Override
                Set<String> names() {
                    return peers.keySet();
                }

                @Override
                HistoryServiceBlockingStub history(String peer) {
                    return HistoryServiceGrpc.newBlockingStub(peers.get(peer));
                }
            },
            histories,
            restorations,
            installation,
            this::rebuild,
            new SenderBounds(histories, new PostgresWatermarks(database), MOST_AHEAD, MOST_AHEAD),
            "dispatch");

    /** A peer, which answers at once. */
    private static final class Peer extends Channel {
        private long knows = 1;
        private long own = 1;
        private final List<AppliedPosition> applied = new ArrayList<>();
        private final List<KeptMessage> sent = new ArrayList<>();
        private final List<KeptMessage> had = new ArrayList<>();
        private final List<Long> begun = new ArrayList<>();
        private final List<List<NumberRange>> closed = new ArrayList<>();

        @Override
        public String authority() {
            return "peer";
        }

        private Object answer(Object request) {
            return switch (request) {
                case BeginEpochRequest begin -> {
                    begun.add(begin.getEnvelope().getEpoch());
                    knows = begin.getEnvelope().getEpoch();
                    yield BeginEpochResponse.newBuilder()
                            .addAllApplied(applied.stream().map(Protos::of).toList())
                            .build();
                }
                case SentRequest asked -> {
                    List<AppliedPosition> has = Protos.applied(asked.getAppliedList());
                    yield SentResponse.newBuilder()
                            .addAllMessages(sent.stream()
                                    .filter(kept -> has.stream()
                                            .noneMatch(numbers -> numbers.holds(Protos.of(kept.getPosition()))))
                                    .toList())
                            .build();
                }
                case CloseNumbersRequest close -> {
                    closed.add(close.getRangesList().stream()
                            .map(StreamRange::getNumbers)
                            .toList());
                    yield CloseNumbersResponse.getDefaultInstance();
                }
                case org.tierstock.protocol.v1.MeetRequest meet ->
                    MeetResponse.newBuilder()
                            .setEnvelope(org.tierstock.protocol.v1.Envelope.newBuilder()
                                    .setEpoch(own))
                            .setSeen(org.tierstock.protocol.v1.Seen.newBuilder().setEpoch(knows))
                            .build();
                case org.tierstock.protocol.v1.AppliedRequest asked ->
                    AppliedResponse.newBuilder().addAllMessages(had).build();
                default -> HeldAnswersResponse.getDefaultInstance();
            };
        }

        @Override
        public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
            return new ClientCall<>() {
                private Listener<A> caller;
                private Q request;

                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    caller = listener;
                }

                @Override
                public void sendMessage(Q message) {
                    request = message;
                }

                @Override
                public void halfClose() {
                    caller.onHeaders(new Metadata());
                    caller.onMessage(answered(request));
                    caller.onClose(Status.OK, new Metadata());
                }

                @Override
                public void request(int messages) {
                    // All of them come anyway.
                }

                @Override
                public void cancel(String message, Throwable cause) {
                    // It has been answered.
                }
            };
        }

        @SuppressWarnings("unchecked")
        private <A> A answered(Object request) {
            return (A) answer(request);
        }
    }

    @BeforeEach
    void two_peers_and_a_database_that_was_set_back() {
        peers.put("sales", new Peer());
        peers.put("warehouse", new Peer());
        restorations.detect("a test", 1);
    }

    private List<String> rebuild(LostHistory lost) {
        List<StreamPosition> received =
                lost.received().stream().map(message -> message.position()).toList();
        rebuilt.add(received);
        return received.stream()
                .filter(unfit::contains)
                .map(StreamPosition::toString)
                .toList();
    }

    private Restoration restoration() {
        return restorations.open().orElseThrow();
    }

    @Test
    void a_peer_that_missed_epochs_is_told_them_one_after_the_other() {
        peers.get("sales").knows = 3;

        repair.beginEpoch(restoration());

        assertThat(peers.get("sales").begun).containsExactly(4L);
        assertThat(peers.get("warehouse").begun).containsExactly(2L, 3L, 4L);
        assertThat(restoration().epoch()).isEqualTo(4);
    }

    @Test
    void no_peer_is_told_of_epochs_that_lie_too_far_apart_to_have_been() {
        for (long epoch : List.of(1_000L, 1_000_000_000_000_000_000L, Long.MAX_VALUE)) {
            peers.get("sales").knows = epoch;

            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> repair.beginEpoch(restoration()))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo("EPOCHS_APART"));
        }

        assertThat(peers.values()).allSatisfy(peer -> assertThat(peer.begun).isEmpty());
        assertThat(restoration().state()).isEqualTo(Restoration.State.DETECTED);
        assertThat(installation.epoch()).isEqualTo(1);
    }

    @Test
    void numbers_that_nobody_has_a_message_of_are_closed_as_ranges_however_many_they_are() {
        peers.get("sales").applied.add(new AppliedPosition("D>S", PARTITION, 10, NumberRanges.of(12, 90_000_013)));

        repair.beginEpoch(restoration());
        assertThat(repair.rebuild(restoration())).isEmpty();

        assertThat(peers.get("sales").closed).containsExactly(List.of(range(11, 11), range(13, 90_000_012)));
        assertThat(head()).isEqualTo(90_000_013);
    }

    @Test
    void ranges_of_numbers_are_closed_portion_by_portion() {
        long[] everyOther =
                LongStream.rangeClosed(1, 25_001).map(n -> 10 + 2 * n).toArray();
        peers.get("sales").applied.add(new AppliedPosition("D>S", PARTITION, 10, NumberRanges.of(everyOther)));

        repair.beginEpoch(restoration());
        assertThat(repair.rebuild(restoration())).isEmpty();

        assertThat(peers.get("sales").closed).extracting(List::size).containsExactly(10_000, 10_000, 5_001);
    }

    private static NumberRange range(long first, long last) {
        return NumberRange.newBuilder().setFirst(first).setLast(last).build();
    }

    @Test
    void numbers_further_on_than_this_layer_can_have_sent_do_not_end_its_stream() {
        peers.get("sales")
                .applied
                .add(new AppliedPosition("D>S", PARTITION, 10, NumberRanges.of(StreamPosition.MAX_SEQUENCE)));

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> repair.beginEpoch(restoration()))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("NUMBERS_APART"));

        assertThat(head()).isZero();
    }

    @Test
    void what_is_parked_is_made_good_with_the_rest() {
        peers.get("sales").sent.addAll(List.of(settled(1), settled(2)));
        park(1);

        repair.beginEpoch(restoration());

        assertThat(repair.rebuild(restoration())).isEmpty();
        assertThat(rebuilt).containsExactly(List.of(at(1), at(2)));
    }

    @Test
    void what_is_parked_and_fits_no_better_now_holds_up_nothing_else() {
        peers.get("sales").sent.addAll(List.of(settled(1), settled(2), unreadable(3)));
        park(1);
        park(3);
        unfit.add(at(1));

        repair.beginEpoch(restoration());

        assertThat(repair.rebuild(restoration())).isEmpty();
        assertThat(rebuilt).containsExactly(List.of(at(1), at(2)), List.of(at(2)));
        assertThat(restoration().state()).isEqualTo(Restoration.State.REBUILT);
    }

    @Test
    void nothing_is_made_good_of_a_peer_that_gives_what_it_cannot_have_sent() {
        repair.beginEpoch(restoration());
        KeptMessage real = settled(1);

        for (KeptMessage forged : List.of(
                real.toBuilder().setEpoch(2).build(),
                real.toBuilder().setEpoch(0).build(),
                real.toBuilder().setJournal(1 + MOST_AHEAD).build(),
                real.toBuilder().setJournal(-1).build())) {
            peers.get("sales").sent.clear();
            peers.get("sales").sent.add(forged);
            assertThat(refusal()).isEqualTo("NOT_BELIEVED");
        }
        peers.get("sales").sent.clear();
        peers.get("warehouse").sent.add(real);
        assertThat(refusal()).isEqualTo("WRONG_SENDER");
        assertThat(rebuilt).isEmpty();

        peers.get("warehouse").sent.clear();
        peers.get("sales").sent.add(real);
        assertThat(repair.rebuild(restoration())).isEmpty();
        assertThat(rebuilt).containsExactly(List.of(at(1)));
    }

    @Test
    void what_a_peer_has_sent_since_an_old_backup_is_made_good_however_much_it_is() {
        repair.beginEpoch(restoration());
        KeptMessage late = settled(1 + 2 * MOST_AHEAD).toBuilder().setJournal(1).build();
        peers.get("sales").sent.add(late);

        assertThat(repair.rebuild(restoration())).isEmpty();

        assertThat(rebuilt).containsExactly(List.of(at(1 + 2 * MOST_AHEAD)));
    }

    @Test
    void what_a_peer_gives_of_an_epoch_that_it_has_begun_since_the_backup_is_made_good() {
        repair.beginEpoch(restoration());
        peers.get("sales").own = 3;
        peers.get("sales").sent.add(settled(1).toBuilder().setEpoch(3).build());

        assertThat(repair.rebuild(restoration())).isEmpty();

        assertThat(rebuilt).containsExactly(List.of(at(1)));
    }

    /** The code of the refusal to make good what peers give. */
    private String refusal() {
        return catchThrowableOfType(Problem.class, () -> repair.rebuild(restoration()))
                .code();
    }

    @Test
    void no_message_is_taken_back_that_this_layer_cannot_have_sent() {
        peers.get("sales").applied.add(new AppliedPosition("D>S", PARTITION, 10, NumberRanges.NONE));
        repair.beginEpoch(restoration());

        for (KeptMessage never : List.of(kept(11, new StockRevoked("RV1", KEY, 3)), settled(1))) {
            peers.get("sales").had.clear();
            peers.get("sales").had.add(never);
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> repair.rebuild(restoration()))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo("NUMBERS_APART"));
        }

        assertThat(rebuilt).isEmpty();
        assertThat(head()).isEqualTo(10);
    }

    private static StreamPosition at(long sequence) {
        return new StreamPosition("S>D", PARTITION, sequence);
    }

    private static KeptMessage settled(long sequence) {
        return kept(sequence, new RevocationSettled("RV" + sequence, KEY, 3));
    }

    private static KeptMessage kept(long sequence, Message message) {
        return KeptMessage.newBuilder()
                .setPosition(Protos.of(new StreamPosition(message.stream(), message.partition(), sequence)))
                .setEpoch(1)
                .setJournal(sequence)
                .setType(MessageCodec.typeOf(message))
                .setPayload(MessageCodec.write(message))
                .build();
    }

    private static KeptMessage unreadable(long sequence) {
        return settled(sequence).toBuilder().setType("OfAnotherVersion").build();
    }

    private void park(long sequence) {
        database.update("""
                INSERT INTO parked_message (queue, message_id, type, stream, partition, sequence, properties, payload,
                                            reason, reason_code)
                VALUES ('q', 'm' || ?::bigint, 't', 'S>D', ?::smallint, ?::bigint, '{}', '', 'r', 'DOES_NOT_FIT')
                """, p -> p.number(1, sequence).integer(2, PARTITION).number(3, sequence));
    }

    private long head() {
        return database.queryOne(
                        "SELECT sequence FROM stream_head WHERE stream = 'D>S' AND partition = ?",
                        p -> p.integer(1, PARTITION),
                        row -> row.getLong(1))
                .orElse(0L);
    }
}
