package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReproductionTest {
    private static final long SEED = 7;
    private static final int STEPS = 500;

    private static List<String> told(long seed) {
        return History.of(seed, STEPS).run(new Parts(), true).told();
    }

    public static void main(String[] arguments) {
        System.setOut(new PrintStream(System.out, false, StandardCharsets.UTF_8));
        told(SEED).forEach(System.out::println);
        System.out.flush();
    }

    @Test
    void one_seed_gives_one_history_also_in_a_process_whose_objects_hash_otherwise()
            throws IOException, InterruptedException {
        java.lang.Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReproductionTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> there = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(other.waitFor()).isZero();
        assertThat(there).hasSizeGreaterThan(STEPS / 2).isEqualTo(told(SEED));
    }

    @Test
    void another_seed_gives_another_history() {
        assertThat(told(SEED + 1)).isNotEqualTo(told(SEED));
    }
}
