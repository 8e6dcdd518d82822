package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/consistency.md} promises nothing without a test, and names no test that is not there. */
class ConsistencyTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test(?:\\.\\w+)?)`");

    private final String document;

    ConsistencyTest() throws IOException {
        document = Files.readString(RunningPlatform.repository().resolve("docs/consistency.md"));
    }

    private static List<String> tests(String text) {
        return TEST.matcher(text).results().map(result -> result.group(1)).toList();
    }

    @Test
    void every_promise_names_a_test_that_would_fail() {
        String promises = document.substring(document.indexOf("## Promises"), document.indexOf("## Not promised"));
        List<String> rows = Pattern.compile("^\\| (?!promise \\|).*\\|$", Pattern.MULTILINE)
                .matcher(promises)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(rows)
                .hasSizeGreaterThan(15)
                .allSatisfy(row -> assertThat(tests(row)).as(row).isNotEmpty());
    }

    @Test
    void every_test_that_is_named_exists() {
        TestSources sources = new TestSources();

        assertThat(tests(document))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(sources.has(test)).as(test).isTrue());
    }
}
