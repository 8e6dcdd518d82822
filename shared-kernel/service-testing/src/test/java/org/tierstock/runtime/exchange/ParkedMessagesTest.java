package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.CannotApply.Because;
import org.tierstock.runtime.exchange.ParkedMessageReplay.Outcome;
import org.tierstock.runtime.exchange.Parking.Refused;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

class ParkedMessagesTest {
    private static final ChannelKey KEY = new ChannelKey("WEB", "PARCEL", Quality.NORMAL, "NORTH", new Sku("KETTLE"));
    private static final int PARTITION = KEY.sku().partition();

    private final TransactionalDataSource dataSource =
            EmbeddedDatabase.migrated("classpath:db/runtime").dataSource();
    private final Database database = new Database(dataSource);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PostgresInbox inbox = new PostgresInbox(database, meters);
    private final PostgresWatermarks watermarks = new PostgresWatermarks(database);
    private final ParkedMessages parked = new ParkedMessages(database, inbox, watermarks);

    private static final Outcome GIVEN_UP = new Outcome.Closed(true);
    private static final Outcome SET_ASIDE = new Outcome.Closed(false);

    private record GivenUp(String state, boolean givenUp, String document, String missedKeys) {}

    @Test
    void a_message_that_is_given_up_counts_as_applied_and_says_what_it_would_have_changed() {
        Received<StockGranted> grant = grant("G2", 2);
        apply(List.of(grant("G1", 1), grant("G3", 3)));

        assertThat(giveUp(delivery("m2", 2), Optional.of(grant))).isEqualTo(GIVEN_UP);

        assertThat(contiguous()).isEqualTo(3);
        assertThat(settled("m2")).isEqualTo(new GivenUp("CLOSED", true, "G2", KEY.text()));
        assertThat(apply(List.of(grant))).isEmpty();
    }

    @Test
    void a_message_that_cannot_be_read_gives_up_the_number_that_its_envelope_names_when_its_sender_has_gone_on() {
        apply(List.of(grant("G1", 1), grant("G3", 3)));

        assertThat(giveUp(delivery("m2", 2), Optional.empty())).isEqualTo(GIVEN_UP);

        assertThat(contiguous()).isEqualTo(3);
        assertThat(settled("m2")).isEqualTo(new GivenUp("CLOSED", true, null, ""));
    }

    @Test
    void a_message_that_cannot_be_read_gives_up_no_number_that_may_be_of_a_message_to_come() {
        apply(List.of(grant("G1", 1)));

        assertThat(giveUp(delivery("m2", 2), Optional.empty())).isEqualTo(SET_ASIDE);

        assertThat(contiguous()).isEqualTo(1);
        assertThat(apply(List.of(grant("G2", 2)))).hasSize(1);
    }

    @Test
    void a_message_that_cannot_be_read_gives_up_the_number_that_its_sender_has_told_to_have_given() {
        apply(List.of(grant("G1", 1)));
        database.update(
                "INSERT INTO stream_released (stream, partition, sequence) VALUES (?, ?, 2)",
                p -> p.text(1, Streams.DISPATCH_TO_SALES).integer(2, PARTITION));

        assertThat(giveUp(delivery("m2", 2), Optional.empty())).isEqualTo(GIVEN_UP);
        assertThat(giveUp(delivery("m3", 3), Optional.empty())).isEqualTo(SET_ASIDE);

        assertThat(contiguous()).isEqualTo(2);
    }

    @Test
    void a_message_whose_number_another_had_is_told_and_one_that_comes_again_is_not() {
        apply(List.of(grant("G1", 1), grant("G3", 3)));
        giveUp(delivery("m2", 2), Optional.of(grant("G2", 2)));

        assertThat(apply(List.of(grant("G1", 1), grant("G2", 2), grant("G3", 3))))
                .isEmpty();
        assertThat(displaced()).isZero();
        Received<StockGranted> fresh = grant("G6", 4);
        assertThat(apply(List.of(grant("G4", 1), grant("G5", 2), fresh))).containsExactly(fresh);
        assertThat(displaced()).isEqualTo(2);
    }

    @Test
    void of_two_messages_that_come_together_with_one_number_the_other_is_told_unless_they_say_the_same() {
        Received<StockGranted> first = grant("G1", 1);

        assertThat(apply(List.of(first, grant("G1", 1), grant("G2", 1)))).containsExactly(first);

        assertThat(displaced()).isEqualTo(1);
    }

    @Test
    void a_message_that_cannot_be_read_gives_up_no_number_of_a_stream_that_never_came() {
        assertThat(giveUp(delivery("m1", 1), Optional.empty())).isEqualTo(SET_ASIDE);

        assertThat(contiguous()).isZero();
        assertThat(settled("m1")).isEqualTo(new GivenUp("CLOSED", false, null, ""));
    }

    @Test
    void a_message_without_a_place_in_a_stream_is_closed_all_the_same() {
        Delivery noise = new Delivery("q", "noise", new JsonObject(), new byte[0]);

        assertThat(giveUp(noise, Optional.empty())).isEqualTo(SET_ASIDE);

        assertThat(settled("noise")).isEqualTo(new GivenUp("CLOSED", false, null, ""));
    }

    @Test
    void closing_a_message_that_has_been_applied_meanwhile_gives_nothing_up() {
        Received<StockGranted> grant = grant("G1", 1);
        apply(List.of(grant));

        assertThat(giveUp(delivery("m1", 1), Optional.of(grant))).isEqualTo(SET_ASIDE);

        assertThat(settled("m1")).isEqualTo(new GivenUp("CLOSED", false, null, ""));
    }

    @Test
    void a_number_of_an_epoch_that_its_sender_has_not_begun_is_not_used_up() {
        apply(List.of(grant("G1", 1), grant("G3", 3)));
        Delivery forged = delivery("m2", 2);
        forged.properties().put(CloudEvent.EPOCH, Long.MAX_VALUE);

        assertThat(giveUp(forged, Optional.empty())).isEqualTo(SET_ASIDE);

        assertThat(contiguous()).isEqualTo(1);
        assertThat(apply(List.of(grant("G2", 2)))).hasSize(1);
    }

    @Test
    void a_message_is_closed_once() {
        Delivery delivery = delivery("m1", 1);
        long id = park(delivery);

        assertThat(inTransaction(id, delivery, Optional.of(grant("G1", 1)))).isEqualTo(GIVEN_UP);
        assertThat(inTransaction(id, delivery, Optional.of(grant("G1", 1)))).isEqualTo(new Outcome.Unknown());
        assertThat(dataSource.inTransaction(() -> parked.find(id))).isEmpty();
    }

    @Test
    void a_parked_message_says_which_keys_it_may_still_change() {
        park(delivery("m1", 1), Optional.of(grant("G1", 1)));

        assertThat(settled("m1")).isEqualTo(new GivenUp("PARKED", false, "G1", KEY.text()));
    }

    @Test
    void a_forged_message_of_the_same_id_keeps_the_true_one_neither_from_being_shown_nor_from_being_given_up() {
        Delivery forged = delivery("m2", 2);
        forged.properties().remove(CloudEvent.STREAM);
        park(forged);

        long id = newest(() -> park(delivery("m2", 2), Optional.of(grant("G2", 2))));

        assertThat(inTransaction(id, delivery("m2", 2), Optional.of(grant("G2", 2))))
                .isEqualTo(GIVEN_UP);
        assertThat(states("m2")).containsExactly("PARKED", "CLOSED");
    }

    @Test
    void a_message_that_is_brought_again_is_kept_once_as_it_came_last() {
        long first = park(delivery("m1", 1));

        assertThat(park(delivery("m1", 1), Optional.of(grant("G1", 1)))).isEqualTo(first);

        assertThat(settled("m1")).isEqualTo(new GivenUp("PARKED", false, "G1", KEY.text()));
    }

    /** The parked message that was kept last. */
    private long newest(Runnable parking) {
        parking.run();
        return dataSource.inTransaction(
                () -> database.query("SELECT max(parked_id) FROM parked_message", p -> {}, row -> row.getLong(1))
                        .getFirst());
    }

    private List<String> states(String id) {
        return dataSource.inTransaction(() -> database.query(
                "SELECT state FROM parked_message WHERE message_id = ? ORDER BY parked_id",
                p -> p.text(1, id),
                row -> row.getString(1)));
    }

    private Outcome giveUp(Delivery delivery, Optional<Received<StockGranted>> message) {
        return inTransaction(park(delivery), delivery, message);
    }

    private Outcome inTransaction(long id, Delivery delivery, Optional<Received<StockGranted>> message) {
        return dataSource.inTransaction(() -> parked.giveUp(id, envelope(delivery), message, "somebody"));
    }

    private static Optional<Envelope> envelope(Delivery delivery) {
        return delivery.text(CloudEvent.STREAM) == null
                ? Optional.empty()
                : Optional.of(delivery.envelope(Streams.senderOf(Streams.DISPATCH_TO_SALES)));
    }

    private long park(Delivery delivery) {
        return park(delivery, Optional.empty());
    }

    private long park(Delivery delivery, Optional<Received<StockGranted>> message) {
        dataSource.inTransaction(() -> parked.park(List.of(
                new Refused(delivery, Because.DOES_NOT_FIT, "It cannot be applied", envelope(delivery), message))));
        return dataSource.inTransaction(() -> database.query(
                        "SELECT parked_id FROM parked_message WHERE message_id = ?",
                        p -> p.text(1, delivery.id()),
                        row -> row.getLong(1))
                .getFirst());
    }

    private GivenUp settled(String id) {
        return dataSource.inTransaction(() -> database.query(
                        """
                        SELECT state, given_up, document, array_to_string(effect_keys, ',') FROM parked_message
                        WHERE message_id = ?
                        """,
                        p -> p.text(1, id),
                        row -> new GivenUp(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4)))
                .getFirst());
    }

    private List<Received<StockGranted>> apply(List<Received<StockGranted>> messages) {
        return dataSource.inTransaction(() -> inbox.admit(messages));
    }

    private double displaced() {
        return meters.get("tierstock.messages.displaced").counter().count();
    }

    private long contiguous() {
        return dataSource.inTransaction(() -> watermarks.contiguous(Streams.DISPATCH_TO_SALES, PARTITION));
    }

    private static Received<StockGranted> grant(String number, long sequence) {
        return new Received<>(
                new StockGranted(number, KEY, "REGULAR", 5),
                new StreamPosition(Streams.DISPATCH_TO_SALES, PARTITION, sequence),
                1,
                sequence);
    }

    private static Delivery delivery(String id, long sequence) {
        return new Delivery(
                "q",
                id,
                new JsonObject()
                        .put(CloudEvent.STREAM, Streams.DISPATCH_TO_SALES)
                        .put(CloudEvent.PARTITION, PARTITION)
                        .put(CloudEvent.SEQUENCE, sequence)
                        .put(CloudEvent.EPOCH, 1)
                        .put(CloudEvent.JOURNAL, sequence),
                new byte[0]);
    }
}
