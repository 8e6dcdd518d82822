package org.tierstock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void a_field_in_quotes_may_hold_commas_and_quotes() {
        assertThat(Csv.fields("1,\"a, \"\"b\"\"\",,x")).containsExactly("1", "a, \"b\"", "", "x");
    }
}
