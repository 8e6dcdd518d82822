package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class FullHeapTest {
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void a_process_whose_heap_stays_full_ends(String collector) throws IOException, InterruptedException {
        Process process = start(collector, Crowded.class);
        boolean hasEnded = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(hasEnded).isTrue();
        assertThat(process.exitValue()).isEqualTo(FullHeap.EXIT_CODE);
    }

    @Test
    void one_that_makes_much_garbage_goes_on() throws IOException, InterruptedException {
        Process process = start("-XX:+UseSerialGC", Busy.class);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Process start(String collector, Class<?> main) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        collector,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .redirectErrorStream(true)
                .start();
    }

    /** A process that holds so much that a little of its heap is left, and needs that again and again. */
    static final class Crowded {
        private Crowded() {}

        public static void main(String[] arguments) {
            new FullHeap(Duration.ofSeconds(1)).watch();
            Deque<byte[]> held = new ArrayDeque<>(1 << 20);
            boolean isFull = false;
            while (true) {
                try {
                    if (isFull) {
                        held.poll();
                    }
                    held.push(new byte[1_000]);
                } catch (OutOfMemoryError full) {
                    isFull = true;
                    for (int few = 0; few < 100; few++) {
                        held.poll();
                    }
                }
            }
        }
    }

    /** A process that collects its garbage for several times as long as a full heap is borne. */
    static final class Busy {
        private Busy() {}

        public static void main(String[] arguments) {
            new FullHeap(Duration.ofSeconds(1)).watch();
            Deque<byte[]> held = new ArrayDeque<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            while (System.nanoTime() < end) {
                held.addLast(new byte[10_000]);
                if (held.size() > 500) {
                    held.removeFirst();
                }
            }
        }
    }
}
