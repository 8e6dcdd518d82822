package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the runbook has people watch is there to be watched, and the other way round. */
class MetersTest {
    private static final Path HOME = Path.of("../..");
    private static final Pattern CONSTANT = Pattern.compile("String (\\w+) = (\"tierstock\\.[a-z.]+\");");
    private static final Pattern METER = Pattern.compile(
            "(\\w+)\\.builder\\(\\s*\"(tierstock\\.[a-z.]+)\"(.*?)\\.register\\(|meters\\.(\\w+)\\(\\s*\"(tierstock\\.[a-z.]+)\"",
            Pattern.DOTALL);
    private static final Pattern MADE = Pattern.compile(
            "\\b(Counter|FunctionCounter|\\w*Gauge|\\w*Timer|DistributionSummary|Meter)\\s*\\.builder\\("
                    + "|\\b(meters|registry|Metrics)\\s*\\.(counter|gauge\\w*|timer|summary|more)\\("
                    + "|@(Counted|Timed|MeterTag)\\b");
    private static final Pattern TOLD = Pattern.compile("`(tierstock_[a-z_]+)");

    @Test
    void every_metric_that_the_runbook_names_is_shown_by_a_service() throws IOException {
        assertThat(told()).hasSizeGreaterThan(15);
        assertThat(shown()).containsAll(told());
    }

    @Test
    void every_metric_that_a_service_shows_is_named_in_the_runbook() throws IOException {
        assertThat(shown()).hasSizeGreaterThan(15);
        assertThat(told())
                .as("docs/operations.md has to say of each metric what it means and what to do")
                .containsAll(shown());
    }

    @Test
    void no_metric_is_made_in_a_way_in_which_its_name_is_not_found_here() throws IOException {
        assertThat(sources()
                        .filter(file ->
                                count(MADE, read(file)) != metersOf(file).size()))
                .as(
                        "give the name as a text, or as a constant of the same file, to Counter.builder and its like, or to meters.counter and its like")
                .isEmpty();
    }

    private static Set<String> shown() throws IOException {
        return sources().flatMap(file -> metersOf(file).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> told() {
        return TOLD.matcher(read(HOME.resolve("docs/operations.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module :
                List.of("sales-layer", "dispatch-layer", "warehouse-layer", "shared-kernel/service-runtime")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources.stream();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }

    /** The names of the meters of a file, as Prometheus has them. */
    private static List<String> metersOf(Path file) {
        String source = read(file);
        for (var constant : CONSTANT.matcher(source).results().toList()) {
            source = source.replaceAll("\\(\\s*" + constant.group(1) + "\\b", "(" + constant.group(2));
        }
        return METER.matcher(source)
                .results()
                .map(found -> {
                    boolean built = found.group(1) != null;
                    String kind = built ? found.group(1) : found.group(4);
                    String name = (built ? found.group(2) : found.group(5)).replace('.', '_');
                    boolean seconds =
                            kind.equals("TimeGauge") || built && found.group(3).contains(".baseUnit(\"seconds\")");
                    return name + (kind.equalsIgnoreCase("counter") ? "_total" : seconds ? "_seconds" : "");
                })
                .toList();
    }
}
