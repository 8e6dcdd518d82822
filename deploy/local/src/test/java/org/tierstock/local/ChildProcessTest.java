package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path log;
    private ChildProcess child;

    @BeforeEach
    void prepare() throws Exception {
        log = directory.resolve("child.log");
        child = new ChildProcess("child", log, new ProcessRecords(Files.createDirectory(directory.resolve("records"))));
    }

    @AfterEach
    void stop() {
        child.stop();
    }

    @Test
    void a_child_is_told_its_own_credentials_and_none_of_the_launchers() throws Exception {
        child.start(List.of("sh", "-c", "echo $TIERSTOCK_PG_PASSWORD"), Map.of("TIERSTOCK_PG_PASSWORD", "its-own"));

        assertThat(Waiting.until(() -> !child.alive(), SOON)).isTrue();
        assertThat(log).hasContent("its-own");
    }

    @Test
    void a_child_that_ends_is_reported_with_its_exit_code_and_its_last_words() {
        child.start(List.of("sh", "-c", "echo no room >&2; exit 3"), Map.of());

        assertThat(Waiting.until(() -> !child.alive(), SOON)).isTrue();
        assertThat(child.ended()).hasMessageContaining("exit code 3").hasMessageContaining("no room");
    }

    @Test
    void a_child_ends_when_its_launcher_is_killed() throws Exception {
        Path pidFile = directory.resolve("pid");
        Process launcher = new ProcessBuilder(
                        JavaCommand.executable(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        directory.toString(),
                        pidFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("launcher.log").toFile())
                .start();
        try {
            assertThat(Waiting.until(() -> isWritten(pidFile), SOON)).isTrue();
            ProcessHandle grandchild =
                    ProcessHandle.of(Long.parseLong(read(pidFile))).orElseThrow();

            launcher.destroyForcibly();

            assertThat(Waiting.until(() -> !grandchild.isAlive(), SOON)).isTrue();
        } finally {
            launcher.destroyForcibly();
        }
    }

    private static boolean isWritten(Path file) {
        return Files.exists(file) && !read(file).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A launcher of one child that writes its process id and then sleeps. */
    static final class Launcher {

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            ChildProcess child =
                    new ChildProcess("sleeper", directory.resolve("sleeper.log"), new ProcessRecords(directory));
            child.start(List.of("sh", "-c", "echo $$ > " + arguments[1] + "; exec sleep 600"), Map.of());
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
    }
}
