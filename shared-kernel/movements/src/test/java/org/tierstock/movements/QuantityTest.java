package org.tierstock.movements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 80_995, Quantity.MAX})
    void a_document_line_names_from_one_unit_to_a_billion(long units) {
        assertThat(Quantity.positive("quantity", units)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Quantity.MAX + 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void anything_else_is_refused_with_its_field(long units) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Quantity.positive("quantity", units))
                .withMessage("quantity must be a whole number from 1 to 1000000000, not " + units);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Quantity.MAX})
    void a_counted_quantity_may_be_nothing(long units) {
        assertThat(Quantity.notNegative("counted", units)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Quantity.MAX + 1, Long.MIN_VALUE})
    void a_counted_quantity_is_not_less_than_nothing(long units) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Quantity.notNegative("counted", units))
                .withMessage("counted must be a whole number from 0 to 1000000000, not " + units);
    }
}
