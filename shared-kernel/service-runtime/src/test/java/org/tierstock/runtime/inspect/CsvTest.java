package org.tierstock.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void a_field_with_a_separator_is_quoted() {
        assertThat(Csv.line("a", 1L, null, "b,c", "say \"x\"", "two\nlines"))
                .isEqualTo("a,1,,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
    }
}
