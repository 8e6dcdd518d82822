package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    @TempDir
    private Path directory;

    private Path application;
    private AotCache cache;

    @BeforeEach
    void build() throws IOException {
        application = Files.writeString(directory.resolve("run.jar"), "application");
        Files.setLastModifiedTime(
                Files.writeString(
                        Files.createDirectory(directory.resolve("lib")).resolve("library.jar"), "library"),
                FileTime.from(Instant.now().minusSeconds(60)));
        Files.setLastModifiedTime(application, FileTime.from(Instant.now().minusSeconds(60)));
        cache = new AotCache(application);
    }

    private void learn() throws IOException {
        String option = cache.learning().getFirst();
        Files.writeString(Path.of(option.substring(option.indexOf('=') + 1)), "learnt");
        cache.keep();
    }

    @Test
    void an_application_that_nothing_was_learnt_of_starts_as_ever() {
        assertThat(cache.options()).isEmpty();
    }

    @Test
    void what_was_learnt_is_used_until_a_part_of_the_application_is_built_anew() throws IOException {
        learn();
        List<String> options = cache.options();

        Files.setLastModifiedTime(
                directory.resolve("lib/library.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(options).singleElement().asString().startsWith("-XX:AOTCache=" + directory);
        assertThat(cache.options()).isEmpty();
    }

    @Test
    void a_start_that_taught_nothing_leaves_nothing() {
        cache.keep();

        assertThat(cache.options()).isEmpty();
    }

    @Test
    void a_jdk_that_can_learn_does_so_once() throws IOException {
        assumeTrue(Runtime.version().feature() >= 25, "an older JDK learns nothing");
        assertThat(cache.wanted()).isTrue();

        learn();

        assertThat(cache.wanted()).isFalse();
    }

    @Test
    void of_a_class_path_with_a_directory_in_it_nothing_is_learnt() {
        String jars = application + File.pathSeparator + directory.resolve("lib/library.jar");

        assertThat(AotCache.ofClassPath(jars)).isPresent();
        assertThat(AotCache.ofClassPath(jars + File.pathSeparator + directory)).isEmpty();
    }
}
