package org.tierstock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void a_terminal_sees_a_bar_that_fills() {
        Progress progress = new Progress(printer(), true);

        progress.stage("ordering", 4);
        progress.advance(4);
        progress.finish();

        assertThat(shown()).contains("\r").contains("0%  ordering").contains("[" + "#".repeat(40) + "] 100%  ordering");
    }

    @Test
    void a_file_sees_plain_lines() {
        Progress progress = new Progress(printer(), false);

        progress.stage("ordering", 4);
        progress.say("sales-0 is ready");
        progress.finish();

        assertThat(shown().lines())
                .containsExactly("   0 s  0%  ordering", "sales-0 is ready", "   0 s  100%  ordering");
    }

    private PrintStream printer() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
