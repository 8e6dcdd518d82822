package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.local.demo.DemoCommand;
import picocli.CommandLine;

/** {@code ./tierstock demo}, a short one: the command itself, on a platform of its own. */
class DemoTest {
    private static final int ORDERS = 200;

    @Test
    void a_short_demo_holds_every_invariant_and_ends_with_its_figures() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream before = System.out;
        int exit;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            exit = new CommandLine(new DemoCommand())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .execute("--orders", Integer.toString(ORDERS), "--json");
        } finally {
            System.setOut(before);
        }

        String output = written.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(output).isZero();
        JsonNode figures = Rest.JSON.readTree(output.lines().toList().getLast());
        for (String none : List.of("oversold", "ledgerDifferences", "reconciliationDifferences")) {
            assertThat(figures.get(none)).as(none).isNotNull();
            assertThat(figures.get(none).asLong()).as(none).isZero();
        }
        assertThat(figures.get("ordersPlaced").asLong()
                        + figures.get("ordersRefused").asLong())
                .isEqualTo(ORDERS);
        for (String some : List.of("ordersPaid", "ordersCancelled", "ordersShipped", "unitsShipped", "seconds")) {
            assertThat(figures.get(some).asLong()).as(some).isPositive();
        }
    }
}
