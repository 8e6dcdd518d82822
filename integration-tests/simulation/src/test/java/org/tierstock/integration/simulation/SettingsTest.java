package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever can be set is told to whoever runs it. */
class SettingsTest {
    private static final Path HOME = Path.of("../..");
    private static final Pattern SETTING = Pattern.compile(
            "@ConfigProperty\\(\\s*name = \"(tierstock\\.[a-z0-9.-]+)\"(?:,\\s*defaultValue = \"([^\"]*)\")?"
                    + "|\\$\\{(tierstock\\.[a-z0-9.-]+)(?::([^}]*))?}");
    private static final Pattern TOLD = Pattern.compile("`(TIERSTOCK_[A-Z_]+)`|`(_[A-Z_]+)`");

    /** What a build, the migrations or a test decide, and nobody who runs a service. */
    private static final Set<String> NOT_FOR_OPERATORS =
            Set.of("TIERSTOCK_LAYER", "TIERSTOCK_QUEUE_OUT", "TIERSTOCK_PG_OPTIONS");

    @Test
    void every_setting_of_a_service_is_in_the_table() throws IOException {
        Set<String> settings = new TreeSet<>(settings().keySet());
        assertThat(settings).hasSizeGreaterThan(50);

        assertThat(settings).isSubsetOf(told());
    }

    @Test
    void no_setting_has_another_default_where_it_is_read_again() throws IOException {
        assertThat(settings())
                .allSatisfy(
                        (setting, defaults) -> assertThat(defaults).as(setting).hasSizeLessThan(2));
    }

    /** By setting: the defaults that it has where it is read. */
    private static Map<String, Set<String>> settings() throws IOException {
        Map<String, Set<String>> settings = new TreeMap<>();
        for (String module :
                Set.of("sales-layer", "dispatch-layer", "warehouse-layer", "shared-kernel/service-runtime")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src/main"))) {
                files.filter(file -> file.toString().matches(".*\\.(java|properties)"))
                        .forEach(file -> collect(file, settings));
            }
        }
        settings.keySet().removeAll(NOT_FOR_OPERATORS);
        return settings;
    }

    private static void collect(Path file, Map<String, Set<String>> settings) {
        try {
            SETTING.matcher(Files.readString(file)).results().forEach(found -> {
                boolean injected = found.group(1) != null;
                String name = injected ? found.group(1) : found.group(3);
                String byDefault = injected ? found.group(2) : found.group(4);
                Set<String> defaults = settings.computeIfAbsent(
                        name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), setting -> new TreeSet<>());
                if (byDefault != null) {
                    defaults.add(byDefault);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names in the table, those that only their ends are written of too. */
    private static Set<String> told() throws IOException {
        Set<String> told = new TreeSet<>();
        for (String line : Files.readAllLines(HOME.resolve("docs/operations.md"))) {
            String whole = "";
            String setting = line.startsWith("| `TIERSTOCK_") ? line.split("\\|")[1] : "";
            for (var found : TOLD.matcher(setting).results().toList()) {
                if (found.group(1) != null) {
                    whole = found.group(1);
                    told.add(whole);
                } else if (!whole.isEmpty()) {
                    told.add(whole.substring(0, whole.lastIndexOf('_')) + found.group(2));
                }
            }
        }
        return told;
    }
}
