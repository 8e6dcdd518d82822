package org.tierstock.movements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovementTest {
    private static final DocumentLine RECEIPT = new DocumentLine(DocumentKind.PURCHASE_RECEIPT, "PR-1", 2);

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void a_movement_moves_at_least_one_unit(long quantity) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Movement.within(Action.LOCK, "kettle", Shelf.HERE, Shelf.PROMISED, quantity, RECEIPT));
    }

    @Test
    void a_movement_needs_two_places() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Movement.within(Action.LOCK, "kettle", Shelf.HERE, Shelf.HERE, 1, RECEIPT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Movement.within(Action.LOCK, "kettle", Shelf.EXTERNAL, Shelf.EXTERNAL, 1, RECEIPT));
    }

    @Test
    void only_the_world_outside_has_no_key() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Movement<>(Action.INCREASE, "kettle", Shelf.EXTERNAL, "kettle", Shelf.HERE, 1, RECEIPT));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Movement<>(Action.INCREASE, null, Shelf.HERE, "kettle", Shelf.PROMISED, 1, RECEIPT));
    }

    @Test
    void every_movement_names_its_action_and_its_document() {
        assertThatNullPointerException()
                .isThrownBy(() -> Movement.within(null, "kettle", Shelf.HERE, Shelf.PROMISED, 1, RECEIPT));
        assertThatNullPointerException()
                .isThrownBy(() -> Movement.within(Action.LOCK, "kettle", Shelf.HERE, Shelf.PROMISED, 1, null));
    }

    @Test
    void a_movement_within_a_key_leaves_the_key_out_where_units_cross_the_edge() {
        Movement<String, Shelf> receipt =
                Movement.within(Action.INCREASE, "kettle", Shelf.EXTERNAL, Shelf.HERE, 5, RECEIPT);

        assertThat(receipt.from()).isNull();
        assertThat(receipt.to()).isEqualTo("kettle");
    }

    @Test
    void a_document_line_needs_a_number_and_counts_from_one() {
        assertThat(RECEIPT).hasToString("PURCHASE_RECEIPT PR-1/2");
        assertThat(new DocumentLine(DocumentKind.PAYMENT, "P-1", 0)).hasToString("PAYMENT P-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new DocumentLine(DocumentKind.PAYMENT, "", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new DocumentLine(DocumentKind.PAYMENT, "P-1", -1));
    }
}
