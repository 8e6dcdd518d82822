package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Outbox;

/** What every outbox promises. */
interface OutboxContract {
    ChannelKey KETTLE = ChannelKey.parse("web/COURIER/NORMAL/EAST/KETTLE");
    ChannelKey CUP = ChannelKey.parse("web/COURIER/NORMAL/EAST/CUP");

    Transactions transactions();

    Outbox outbox();

    /** The works announced by committed transactions since the last call. */
    List<String> announced();

    @Test
    default void messages_are_numbered_contiguously_from_one() {
        List<Message> first = List.of(grant("G1", KETTLE), grant("G2", KETTLE));
        List<Message> second = List.of(grant("G3", KETTLE));

        assertThat(sequences(first)).containsExactly(1L, 2L);
        assertThat(sequences(second)).containsExactly(3L);
    }

    @Test
    default void each_stream_and_partition_counts_for_itself() {
        List<Message> messages = List.of(
                grant("G1", KETTLE), grant("G2", CUP), new RevocationSettled("R1", KETTLE, 1), grant("G3", KETTLE));

        Numbers numbers = append(messages);

        assertThat(messages)
                .extracting(numbers::of)
                .containsExactly(
                        new StreamPosition("D>S", KETTLE.sku().partition(), 1),
                        new StreamPosition("D>S", CUP.sku().partition(), 1),
                        new StreamPosition("S>D", KETTLE.sku().partition(), 1),
                        new StreamPosition("D>S", KETTLE.sku().partition(), 2));
    }

    @Test
    default void a_rollback_leaves_no_gap() {
        append(List.of(grant("G1", KETTLE)));

        assertThatIllegalStateException()
                .isThrownBy(() -> transactions().inTransaction(() -> {
                    outbox().append(List.of(grant("G2", KETTLE), grant("G3", CUP)));
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(sequences(List.of(grant("G4", KETTLE)))).containsExactly(2L);
        assertThat(sequences(List.of(grant("G5", CUP)))).containsExactly(1L);
    }

    @Test
    default void two_appends_of_one_transaction_go_on_counting() {
        transactions().inTransaction(() -> {
            outbox().append(List.of(grant("G1", KETTLE)));
            outbox().append(List.of(grant("G2", KETTLE)));
        });

        assertThat(head(KETTLE)).isEqualTo(2);
    }

    @Test
    default void the_head_is_the_last_number_given() {
        assertThat(head(KETTLE)).isZero();

        append(IntStream.rangeClosed(1, 300)
                .mapToObj(i -> grant("G" + i, KETTLE))
                .toList());

        assertThat(head(KETTLE)).isEqualTo(300);
        assertThat(head(CUP)).isZero();
    }

    @Test
    default void equal_messages_are_told_apart() {
        Message one = grant("G1", KETTLE);
        Message other = grant("G1", KETTLE);

        Numbers numbers = append(List.of(one, other));

        assertThat(numbers.of(one).sequence()).isEqualTo(1);
        assertThat(numbers.of(other).sequence()).isEqualTo(2);
    }

    @Test
    default void the_same_message_twice_is_a_defect() {
        Message message = grant("G1", KETTLE);

        assertThatIllegalStateException().isThrownBy(() -> append(List.of(message, message)));
        assertThat(head(KETTLE)).isZero();
    }

    @Test
    default void a_message_that_was_not_appended_has_no_number() {
        Numbers numbers = append(List.of(grant("G1", KETTLE)));

        assertThatIllegalStateException().isThrownBy(() -> numbers.of(grant("G1", KETTLE)));
    }

    @Test
    default void nothing_to_append_takes_no_number_and_wakes_nobody() {
        append(List.of());

        assertThat(head(KETTLE)).isZero();
        assertThat(announced()).isEmpty();
    }

    @Test
    default void the_carrier_is_woken_once() {
        append(List.of(grant("G1", KETTLE), grant("G2", CUP)));

        assertThat(announced()).containsExactly("BROKER");
    }

    private Numbers append(List<Message> messages) {
        return transactions().inTransaction(() -> outbox().append(messages));
    }

    private List<Long> sequences(List<Message> messages) {
        Numbers numbers = append(messages);
        return messages.stream().map(message -> numbers.of(message).sequence()).toList();
    }

    private long head(ChannelKey key) {
        return transactions()
                .inTransaction(
                        () -> outbox().head(Streams.DISPATCH_TO_SALES, key.sku().partition()));
    }

    private static Message grant(String number, ChannelKey key) {
        return new StockGranted(number, key, "REGULAR", 5);
    }
}
