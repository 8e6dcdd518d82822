package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the runbook has people watch is there to be watched. */
class MetersTest {
    private static final Path HOME = Path.of("../..");
    private static final Pattern CONSTANT = Pattern.compile("String (\\w+) = (\"tierstock\\.[a-z.]+\");");
    private static final Pattern METER = Pattern.compile(
            "(\\w+)\\.builder\\(\\s*\"(tierstock\\.[a-z.]+)\"(.*?)\\.register\\(|meters\\.(\\w+)\\(\\s*\"(tierstock\\.[a-z.]+)\"",
            Pattern.DOTALL);
    private static final Pattern TOLD = Pattern.compile("`(tierstock_[a-z_]+)");

    @Test
    void every_metric_that_the_runbook_names_is_shown_by_a_service() throws IOException {
        TreeSet<String> shown = new TreeSet<>();
        for (String module :
                List.of("sales-layer", "dispatch-layer", "warehouse-layer", "shared-kernel/service-runtime")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> collect(file, shown));
            }
        }
        assertThat(shown).hasSizeGreaterThan(15);

        Set<String> told = TOLD.matcher(Files.readString(HOME.resolve("docs/operations.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).hasSizeGreaterThan(15);
        assertThat(shown).containsAll(told);
    }

    /** The names of the meters of a file, as Prometheus has them. */
    private static void collect(Path file, Set<String> shown) {
        String source;
        try {
            source = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var constant : CONSTANT.matcher(source).results().toList()) {
            source = source.replaceAll("\\(\\s*" + constant.group(1) + "\\b", "(" + constant.group(2));
        }
        METER.matcher(source).results().forEach(found -> {
            boolean built = found.group(1) != null;
            String kind = built ? found.group(1) : found.group(4);
            String name = (built ? found.group(2) : found.group(5)).replace('.', '_');
            boolean seconds =
                    kind.equals("TimeGauge") || built && found.group(3).contains(".baseUnit(\"seconds\")");
            shown.add(name + (kind.equalsIgnoreCase("counter") ? "_total" : seconds ? "_seconds" : ""));
        });
    }
}
