package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Envelope;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;

/** What every inbox promises. */
interface InboxContract {
    ChannelKey KETTLE = ChannelKey.parse("web/COURIER/NORMAL/EAST/KETTLE");
    int PARTITION = KETTLE.sku().partition();

    Transactions transactions();

    Inbox inbox();

    Watermarks watermarks();

    /** Purges what was applied up to that number of {@link #PARTITION}. */
    void purge(long upTo);

    @Test
    default void a_new_message_has_its_effect_now_and_never_again() {
        List<Received<Message>> grant = List.of(granted("G1", 1));

        assertThat(admit(grant)).isEqualTo(grant);
        assertThat(admit(grant)).isEmpty();
    }

    @Test
    default void messages_come_out_in_the_order_they_came_in() {
        List<Received<Message>> messages = List.of(granted("G3", 3), granted("G1", 1), granted("G2", 2));

        assertThat(admit(messages)).isEqualTo(messages);
    }

    @Test
    default void a_repetition_within_a_batch_has_no_effect() {
        Received<Message> grant = granted("G1", 1);

        assertThat(admit(List.of(grant, granted("G1", 1), granted("G2", 2)))).containsExactly(grant, granted("G2", 2));
    }

    @Test
    default void a_document_issued_again_under_a_new_number_has_no_second_effect_but_counts_as_applied() {
        admit(List.of(revoked("R1", 1)));

        assertThat(admit(List.of(revoked("R1", 2)))).isEmpty();
        assertThat(contiguous()).isEqualTo(2);
    }

    @Test
    default void a_document_issued_twice_within_a_batch_has_one_effect_and_both_count_as_applied() {
        Received<Message> first = revoked("R1", 1);

        assertThat(admit(List.of(first, revoked("R1", 2)))).containsExactly(first);
        assertThat(contiguous()).isEqualTo(2);
    }

    @Test
    default void documents_of_two_kinds_may_share_a_number() {
        admit(List.of(granted("X1", 1)));

        assertThat(admit(List.of(revoked("X1", 2)))).hasSize(1);
    }

    @Test
    default void a_rolled_back_transaction_has_applied_nothing() {
        List<Received<Message>> grant = List.of(granted("G1", 1));

        assertThatIllegalStateException()
                .isThrownBy(() -> transactions().inTransaction(() -> {
                    inbox().admit(grant);
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(contiguous()).isZero();
        assertThat(admit(grant)).isEqualTo(grant);
    }

    @Test
    default void what_was_purged_is_known_by_its_number() {
        admit(List.of(granted("G1", 1), granted("G2", 2), granted("G4", 4)));

        purge(2);

        assertThat(admit(List.of(granted("G1", 1), granted("G2", 2), granted("G4", 4))))
                .isEmpty();
        assertThat(applied()).containsExactly(new AppliedPosition("D>S", PARTITION, 2, NumberRanges.of(4)));
        admit(List.of(granted("G3", 3)));
        assertThat(contiguous()).isEqualTo(4);
    }

    @Test
    default void when_everything_was_purged_the_position_stays() {
        admit(List.of(granted("G1", 1), granted("G2", 2)));

        purge(2);

        assertThat(contiguous()).isEqualTo(2);
        assertThat(applied()).containsExactly(new AppliedPosition("D>S", PARTITION, 2));
    }

    @Test
    default void a_revocation_that_is_issued_again_after_a_purge_has_no_second_effect() {
        admit(List.of(revoked("R1", 1)));

        purge(1);

        assertThat(admit(List.of(revoked("R1", 2)))).isEmpty();
        assertThat(contiguous()).isEqualTo(2);
    }

    @Test
    default void no_message_is_no_work() {
        assertThat(admit(List.of())).isEmpty();
    }

    @Test
    default void what_is_applied_contiguously_grows_only_when_the_gap_closes() {
        admit(List.of(granted("G1", 1), granted("G2", 2), granted("G4", 4)));

        assertThat(contiguous()).isEqualTo(2);
        assertThat(applied()).containsExactly(new AppliedPosition("D>S", PARTITION, 2, NumberRanges.of(4)));

        admit(List.of(granted("G3", 3)));

        assertThat(contiguous()).isEqualTo(4);
        assertThat(applied()).containsExactly(new AppliedPosition("D>S", PARTITION, 4));
    }

    @Test
    default void nothing_applied_is_contiguous_up_to_zero() {
        assertThat(contiguous()).isZero();

        admit(List.of(granted("G2", 2)));

        assertThat(contiguous()).isZero();
        assertThat(applied()).containsExactly(new AppliedPosition("D>S", PARTITION, 0, NumberRanges.of(2)));
    }

    @Test
    default void a_number_that_is_given_up_counts_as_applied_and_has_no_effect_any_more() {
        admit(List.of(granted("G1", 1), granted("G3", 3)));

        assertThat(giveUp(2)).isTrue();

        assertThat(contiguous()).isEqualTo(3);
        assertThat(applied()).containsExactly(new AppliedPosition("D>S", PARTITION, 3));
        assertThat(admit(List.of(granted("G2", 2)))).isEmpty();
        assertThat(giveUp(2)).isFalse();
    }

    @Test
    default void what_follows_a_number_that_is_given_up_is_not_contiguous_before_those_between_have_come() {
        assertThat(giveUp(2)).isTrue();

        assertThat(contiguous()).isZero();
        assertThat(applied()).containsExactly(new AppliedPosition("D>S", PARTITION, 0, NumberRanges.of(2)));

        admit(List.of(granted("G1", 1)));

        assertThat(contiguous()).isEqualTo(2);
    }

    @Test
    default void a_document_that_was_given_up_has_its_effect_when_it_is_issued_again() {
        giveUp(1);

        assertThat(admit(List.of(revoked("R1", 2)))).hasSize(1);
    }

    @Test
    default void a_number_that_was_applied_is_not_given_up() {
        admit(List.of(granted("G1", 1), granted("G3", 3)));

        assertThat(giveUp(1)).isFalse();
        assertThat(giveUp(3)).isFalse();
        assertThat(contiguous()).isEqualTo(1);
    }

    @Test
    default void a_number_far_beyond_all_that_has_come_is_not_believed() {
        admit(List.of(granted("G2", 2)));

        assertThat(giveUp(3 + Inbox.MOST_AHEAD)).isFalse();
        assertThat(giveUp(2 + Inbox.MOST_AHEAD)).isTrue();
    }

    @Test
    default void a_rolled_back_transaction_has_given_nothing_up() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions().inTransaction(() -> {
                    inbox().giveUp(envelope(1));
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(contiguous()).isZero();
        assertThat(admit(List.of(granted("G1", 1)))).hasSize(1);
    }

    @Test
    default void a_purge_goes_past_a_number_that_was_given_up() {
        admit(List.of(granted("G1", 1), granted("G3", 3)));
        giveUp(2);

        purge(3);

        assertThat(applied()).containsExactly(new AppliedPosition("D>S", PARTITION, 3));
        assertThat(admit(List.of(granted("G2", 2)))).isEmpty();
        assertThat(giveUp(2)).isFalse();
    }

    private boolean giveUp(long sequence) {
        return transactions().inTransaction(() -> inbox().giveUp(envelope(sequence)));
    }

    private static Envelope envelope(long sequence) {
        return new Envelope(new StreamPosition("D>S", PARTITION, sequence), 1, sequence);
    }

    private List<Received<Message>> admit(List<Received<Message>> messages) {
        return transactions().inTransaction(() -> inbox().admit(messages));
    }

    private long contiguous() {
        return transactions().inTransaction(() -> watermarks().contiguous(Streams.DISPATCH_TO_SALES, PARTITION));
    }

    private List<AppliedPosition> applied() {
        return transactions().inTransaction(() -> watermarks().applied(Streams.DISPATCH_TO_SALES));
    }

    private static Received<Message> granted(String number, long sequence) {
        return received(new StockGranted(number, KETTLE, "REGULAR", 5), sequence);
    }

    private static Received<Message> revoked(String number, long sequence) {
        return received(new StockRevoked(number, KETTLE, 5), sequence);
    }

    private static Received<Message> received(Message message, long sequence) {
        return new Received<>(message, new StreamPosition("D>S", PARTITION, sequence), 1, sequence);
    }
}
