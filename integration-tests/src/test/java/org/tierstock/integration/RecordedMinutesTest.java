package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tierstock test} says where its minutes go; beside it stands a Maven that says what it is told to. */
class RecordedMinutesTest {
    private static final String PAGE = """
            Before.

            <!-- minutes: begin; written by ./tierstock test --record -->
            old
            <!-- minutes: end -->

            After.
            """;

    @TempDir
    private Path directory;

    private Path home;
    private Path maven;

    /** What {@code ./tierstock} has said and how it ended. */
    private record Ended(int status, String output) {}

    @BeforeEach
    void aCopyWithTwoModules() throws IOException {
        home = directory.resolve("home");
        // Outside of it, where nothing takes what it is to write for the reports of a run before.
        maven = directory.resolve("maven");
        write(
                home.resolve("tierstock"),
                Files.readString(RunningPlatform.repository().resolve("tierstock")));
        write(home.resolve("docs/testing.md"), PAGE);
        module("", "Tierstock");
        module("sales-layer", "Tierstock: sales layer");
        module("shared-kernel/service-testing", "Tierstock: service testing");
        write(maven.resolve("bin/mvn"), """
                #!/usr/bin/env bash
                [ "$1" != -version ] || { echo "Apache Maven 3.9.9"; exit 0; }
                cp -R "$MAVEN_HOME/reports/." .
                cat "$MAVEN_HOME/log"
                """);
        for (Path program : List.of(home.resolve("tierstock"), maven.resolve("bin/mvn"))) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        report("sales-layer", "org.tierstock.sales.StatementsTest", 2, "75.5");
        report("sales-layer", "org.tierstock.sales.OrderTest", 40, "9.9");
        report("shared-kernel/service-testing", "org.tierstock.testing.StatementsTest", 3, "1230.0");
        takes("24:00 min");
    }

    @Test
    void the_minutes_of_each_module_and_of_each_long_class_with_its_module_are_written_down() throws Exception {
        Ended ended = test("--record");

        assertThat(ended.output()).contains("45 passed, 0 failed, 0 skipped");
        assertThat(ended.status()).isZero();
        assertThat(Files.readString(home.resolve("docs/testing.md"))).isEqualTo(PAGE.replace("old\n", """
                | module | minutes | building and static checks | tests | how many |
                |---|---|---|---|---|
                | Tierstock | 0.2 | 0.2 | 0.0 | 0 |
                | Tierstock: service testing | 22.0 | 1.5 | 20.5 | 3 |
                | Tierstock: sales layer | 1.8 | 0.4 | 1.4 | 42 |
                | **all** | 24.0 | 2.1 | 21.9 | 45 |

                | class of tests | module | minutes | how many |
                |---|---|---|---|
                | StatementsTest | service testing | 20.5 | 3 |
                | StatementsTest | sales layer | 1.3 | 2 |
                """));
    }

    @Test
    void a_run_of_more_than_thirty_minutes_is_written_down_and_fails() throws Exception {
        takes("31:30 min");

        Ended ended = test("--record");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output())
                .contains("45 passed, 0 failed, 0 skipped")
                .contains("the tests took 31.5 minutes, and may take 30");
        assertThat(Files.readString(home.resolve("docs/testing.md"))).contains("| Tierstock: sales layer | 1.8 |");
    }

    @Test
    void a_run_of_an_hour_is_one_of_sixty_minutes() throws Exception {
        takes("01:00 h");

        assertThat(test("--record").output()).contains("the tests took 60.0 minutes");
    }

    @Test
    void how_long_a_run_takes_that_is_not_recorded_is_no_failure() throws Exception {
        takes("01:00 h");

        assertThat(test().status()).isZero();
        assertThat(Files.readString(home.resolve("docs/testing.md"))).isEqualTo(PAGE);
    }

    private void takes(String whole) throws IOException {
        write(maven.resolve("log"), """
                [INFO] Building Tierstock: sales layer 0.1.0-SNAPSHOT                    [3/3]
                [INFO] Reactor Summary for Tierstock 0.1.0-SNAPSHOT:
                [INFO]
                [INFO] Tierstock .......................................... SUCCESS [ 12.000 s]
                [INFO] Tierstock: service testing ......................... SUCCESS [22:00 min]
                [INFO] Tierstock: sales layer ............................. SUCCESS [01:48 min]
                [INFO] BUILD SUCCESS
                [INFO] Total time:  %s
                """.formatted(whole));
    }

    private void module(String module, String name) throws IOException {
        write(home.resolve(module).resolve("pom.xml"), """
                <project>
                  <artifactId>any</artifactId>
                  <name>%s</name>
                </project>
                """.formatted(name));
    }

    private void report(String module, String test, int tests, String seconds) throws IOException {
        write(maven.resolve("reports/" + module + "/target/surefire-reports/TEST-" + test + ".xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="%s" time="%s" tests="%d" errors="0" skipped="0" failures="0">
                  <testcase name="one" time="1"/>
                </testsuite>
                """.formatted(
                        test, seconds, tests));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Ended test(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("tierstock").toString(), "test"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_HOME", maven.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
