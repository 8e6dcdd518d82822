package org.tierstock.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.RunningPlatform;
import org.tierstock.local.LocalPlatform;

/** Bad input to every entry of the real services. They have a platform of their own: what happens to be good changes it. */
class FuzzTest {
    private static final int INPUTS = 50_000;

    /** More entries make a campaign dearer, not the test longer: then there are fewer inputs. */
    private static final Duration BUDGET = Duration.ofMinutes(5);

    /** However slow the machine is, fewer inputs prove too little. */
    private static final int FEWEST = INPUTS / 5;

    private static final long SEED = 20_261_125;

    @Test
    void fifty_thousand_bad_inputs_find_nothing_and_change_nothing() {
        try (LocalPlatform platform = new LocalPlatform(PlatformFuzz.platform()
                .repository(RunningPlatform.repository())
                .progress(line -> System.err.println("fuzz: " + line))
                .build())) {
            platform.start();
            try (PlatformFuzz fuzz = new PlatformFuzz(
                    platform, RunningPlatform.repository(), line -> System.err.println("fuzz: " + line))) {
                PlatformFuzz.Outcome outcome = fuzz.run(SEED, INPUTS, BUDGET);

                assertThat(outcome.report().findings()).isEmpty();
                assertThat(outcome.grown()).isEmpty();
                System.err.println("fuzz: entries of which no input was accepted: "
                        + outcome.report().neverAccepted());
                assertThat(outcome.report().inputs()).isGreaterThanOrEqualTo(FEWEST);
                assertThat(outcome.report().kindsNeverAccepted()).isEmpty();
                assertThat(outcome.report().unproven()).isZero();
                assertThat(outcome.report().proven())
                        .isGreaterThan(outcome.report().inputs() / 10 * 9);
                assertThat(outcome.report().answers()).hasSizeGreaterThan(100);
            }
        }
    }

    @Test
    void entries_of_one_kind_of_document_stand_for_each_other_and_others_fail_unless_there_is_a_reason() {
        Report report = new Report();
        report.answered("sales POST /v1/orders", new Verdict.Harmless("400"));
        report.answered("sales POST /v1/receipts", new Verdict.Harmless("400"));
        report.answered("sales GET /v1/orders", new Verdict.Harmless("404"));
        assertThat(report.kindsNeverAccepted()).containsExactly("an order", "sales POST /v1/receipts");

        report.answered("sales POST /v1/orders/batch", new Verdict.Effective("200"));

        assertThat(report.kindsNeverAccepted()).containsExactly("sales POST /v1/receipts");
    }

    @Test
    void every_method_of_the_protos_is_an_entry() throws IOException {
        long described = 0;
        try (Stream<Path> files = Files.walk(RunningPlatform.repository().resolve("proto/src/main/proto"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                described += Files.readAllLines(file).stream()
                        .filter(line -> line.strip().startsWith("rpc "))
                        .count();
            }
        }

        assertThat(Protos.SERVED.values().stream()
                        .flatMap(List::stream)
                        .flatMap(file -> file.getServices().stream())
                        .flatMap(service -> service.getMethods().stream())
                        .distinct())
                .hasSize((int) described);
    }
}
