package org.tierstock.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of all tests of the repository by their class names, so that what documents name can be looked up. */
final class TestSources {
    private final Map<String, List<Path>> byClass;

    TestSources() {
        Path repository = RunningPlatform.repository();
        try (Stream<Path> files = Files.walk(repository)) {
            byClass = files.filter(
                            file -> repository.relativize(file).toString().contains("src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a test class, or a method of one ({@code SomeTest.some_method}), exists. */
    boolean has(String test) {
        int dot = test.indexOf('.');
        if (dot < 0) {
            return byClass.containsKey(test);
        }
        // A long name stands in a line of its own.
        Pattern method = Pattern.compile("void\\s+" + Pattern.quote(test.substring(dot + 1)) + "\\(");
        return byClass.getOrDefault(test.substring(0, dot), List.of()).stream()
                .anyMatch(file -> method.matcher(text(file)).find());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
