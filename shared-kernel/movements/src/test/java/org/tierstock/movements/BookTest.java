package org.tierstock.movements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToSales;

class BookTest {
    private static final String KEY = "kettle";
    private static final String OTHER = "cup";
    private static final DocumentLine ORDER = new DocumentLine(DocumentKind.SALES_ORDER, "WEB:1", 1);

    private final Book<String, Shelf> book = new Book<>(Shelf.class);

    @Test
    void a_movement_takes_from_one_bucket_what_it_puts_into_another() {
        book.open(KEY, Shelf.HERE, 10);

        book.post(lock(4));

        assertThat(book.balance(KEY, Shelf.HERE)).isEqualTo(6);
        assertThat(book.balance(KEY, Shelf.PROMISED)).isEqualTo(4);
    }

    @Test
    void the_last_unit_may_be_moved_and_no_more() {
        book.open(KEY, Shelf.HERE, 4);

        book.post(lock(4));

        assertThat(book.balance(KEY, Shelf.HERE)).isZero();
        assertThatExceptionOfType(ConservationBroken.class)
                .isThrownBy(() -> book.post(lock(1)))
                .withMessageContaining("HERE of kettle would be -1");
    }

    @Test
    void a_contra_bucket_never_rises_above_zero() {
        book.open(KEY, Shelf.HERE, 10);
        book.open(KEY, Shelf.MISSING, -2);

        book.post(move(Shelf.HERE, Shelf.MISSING, 2));

        assertThat(book.balance(KEY, Shelf.MISSING)).isZero();
        assertThatExceptionOfType(ConservationBroken.class)
                .isThrownBy(() -> book.post(move(Shelf.HERE, Shelf.MISSING, 1)))
                .withMessageContaining("MISSING of kettle would be 1");
    }

    @Test
    void a_contra_bucket_may_fall_as_deep_as_a_loss_goes() {
        book.open(KEY);

        book.post(move(Shelf.MISSING, Shelf.EXTERNAL, 1_000_000_000));

        assertThat(book.balance(KEY, Shelf.MISSING)).isEqualTo(-1_000_000_000);
    }

    @Test
    void the_world_outside_has_no_balance() {
        book.open(KEY);

        book.post(move(Shelf.EXTERNAL, Shelf.HERE, 7));

        assertThat(book.balance(KEY, Shelf.EXTERNAL)).isZero();
        assertThat(book.balance(KEY, Shelf.HERE)).isEqualTo(7);
    }

    @Test
    void a_key_that_was_not_locked_cannot_be_moved() {
        assertThat(book.knows(KEY)).isFalse();
        assertThat(book.balance(KEY, Shelf.HERE)).isZero();
        assertThatExceptionOfType(ConservationBroken.class)
                .isThrownBy(() -> book.post(move(Shelf.EXTERNAL, Shelf.HERE, 1)))
                .withMessageContaining("kettle is not locked");
    }

    @Test
    void a_balance_that_would_overflow_is_refused_and_not_wrapped() {
        book.open(KEY, Shelf.HERE, Long.MAX_VALUE);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> book.post(move(Shelf.EXTERNAL, Shelf.HERE, 1)));
        assertThat(book.balance(KEY, Shelf.HERE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_refused_movement_leaves_the_book_as_it_was() {
        book.open(KEY, Shelf.HERE, 5);

        assertThatExceptionOfType(ConservationBroken.class)
                .isThrownBy(() -> book.post(move(Shelf.HERE, Shelf.MISSING, 1)));

        assertThat(book.balance(KEY, Shelf.HERE)).isEqualTo(5);
        assertThat(book.changes()).isEmpty();
        assertThat(book.entries()).isEmpty();
    }

    @Test
    void units_may_move_between_two_keys() {
        book.open(KEY, Shelf.HERE, 3);
        book.open(OTHER);

        book.post(new Movement<>(Action.ADJUST, KEY, Shelf.HERE, OTHER, Shelf.HERE, 2, ORDER));

        assertThat(book.balance(KEY, Shelf.HERE)).isEqualTo(1);
        assertThat(book.balance(OTHER, Shelf.HERE)).isEqualTo(2);
    }

    @Test
    void changes_name_only_what_was_moved_and_sum_it_up() {
        book.open(KEY, Shelf.HERE, 10);
        book.open(OTHER, Shelf.HERE, 10);

        book.post(lock(4));
        book.post(move(Shelf.PROMISED, Shelf.HERE, 1));

        assertThat(book.keys()).containsExactly(KEY, OTHER);
        assertThat(book.changes()).containsOnlyKeys(KEY);
        assertThat(book.changes().get(KEY)).containsExactly(-3, 3, 0, 0);
    }

    @Test
    void entries_keep_their_order_and_the_message_that_reports_them() {
        Message message =
                new ToSales.StockGranted("GR-1-1", ChannelKey.parse("web/COURIER/NORMAL/EAST/kettle"), "REGULAR", 5);
        book.open(KEY);

        book.post(move(Shelf.EXTERNAL, Shelf.HERE, 5), message);
        book.post(lock(1));

        assertThat(book.entries())
                .extracting(entry -> entry.movement().quantity())
                .containsExactly(5L, 1L);
        assertThat(book.entries().getFirst().notice()).isSameAs(message);
        assertThat(book.entries().getLast().notice()).isNull();
    }

    @Test
    void what_a_book_shows_cannot_be_changed_from_outside() {
        book.open(KEY, Shelf.HERE, 1);
        book.post(lock(1));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> book.entries().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> book.changes().putAll(Map.of(OTHER, new long[4])));
        assertThat(book.buckets()).isEqualTo(Shelf.values());
    }

    private static Movement<String, Shelf> lock(long quantity) {
        return move(Shelf.HERE, Shelf.PROMISED, quantity);
    }

    private static Movement<String, Shelf> move(Shelf from, Shelf to, long quantity) {
        return Movement.within(Action.LOCK, KEY, from, to, quantity, ORDER);
    }
}
