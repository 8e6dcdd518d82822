package org.tierstock.movements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "9", "85123A", "web-cn", "SKU_1.2#3+4@5"})
    void a_code_is_letters_digits_and_a_few_signs(String code) {
        assertThat(Code.of("sku", code)).isEqualTo(code);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void a_missing_code_is_refused(String code) {
        assertRefused(() -> Code.of("sku", code), "sku is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "a:b", "a b", "a~b", "-a", ".a", "kéttle", "水壶", "a\n", "a\u0000", "a'b", "a\"b", "a%b"})
    void a_code_that_would_break_a_key_apart_is_refused(String code) {
        assertRefused(() -> Code.of("sku", code), "sku may hold letters, digits");
    }

    @Test
    void a_code_is_at_most_64_characters_long() {
        assertThat(Code.of("sku", "a".repeat(64))).hasSize(64);
        assertRefused(() -> Code.of("sku", "a".repeat(65)), "sku is longer than 64 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PR-1", "web:1001", "web:1001~2", "a~b~c"})
    void a_number_joins_codes_with_colon_and_tilde(String number) {
        assertThat(Code.number("receiptNumber", number)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {":a", "a:", "a::b", "~", "a/b", "a:-b", "a:b c"})
    void a_number_with_an_empty_or_wrong_part_is_refused(String number) {
        assertRefused(() -> Code.number("receiptNumber", number), "receiptNumber ");
    }

    @Test
    void a_joined_number_is_at_most_two_codes_long() {
        String longest = "a".repeat(64) + ':' + "b".repeat(64);

        assertThat(Code.number("orderNumber", longest)).isEqualTo(longest);
        assertRefused(() -> Code.number("orderNumber", "a:b:" + "c".repeat(126)), "orderNumber is longer");
    }

    @Test
    void a_refused_value_names_its_field() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> Code.of("channel", ""))
                .satisfies(invalid -> assertThat(invalid.field()).isEqualTo("channel"));
    }

    @Test
    void an_opaque_reference_is_short_printable_text_and_missing_means_empty() {
        assertThat(Code.opaque("buyer", null)).isEmpty();
        assertThat(Code.opaque("buyer", "收货人 / 12:34")).isEqualTo("收货人 / 12:34");
        assertThat(Code.opaque("buyer", "a".repeat(128))).hasSize(128);
        assertRefused(() -> Code.opaque("buyer", "a".repeat(129)), "buyer is longer than 128 characters");
        assertRefused(() -> Code.opaque("buyer", "a\tb"), "buyer may not hold control characters");
        assertRefused(() -> Code.opaque("buyer", "\uD83D\uDE00"), "buyer may not hold");
    }

    private static void assertRefused(Runnable attempt, String reason) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(attempt::run).withMessageContaining(reason);
    }
}
