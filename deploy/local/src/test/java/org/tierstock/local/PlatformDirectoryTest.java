package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void a_password_is_made_once_and_kept() {
        Path root = parent.resolve("data");
        String first;
        try (PlatformDirectory directory = PlatformDirectory.open(root)) {
            first = directory.password("broker");
            assertThat(directory.password("postgres")).isNotEqualTo(first);
        }

        try (PlatformDirectory again = PlatformDirectory.open(root)) {
            assertThat(again.password("broker")).isEqualTo(first).hasSize(32);
        }
    }

    @Test
    void one_launcher_at_a_time_has_the_directory() {
        Path root = parent.resolve("data");
        try (PlatformDirectory directory = PlatformDirectory.open(root)) {
            assertThatThrownBy(() -> PlatformDirectory.open(directory.root()))
                    .isInstanceOf(PlatformFailure.class)
                    .hasMessageContaining("another Tierstock runs on " + root);
        }
    }

    @Test
    void a_directory_with_somebody_elses_files_is_refused() throws Exception {
        Files.writeString(parent.resolve("thesis.txt"), "dear to somebody");

        assertThatThrownBy(() -> PlatformDirectory.open(parent))
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("neither empty nor a data directory of Tierstock");
    }

    @Test
    void an_emptied_directory_has_forgotten_everything_but_its_lock() throws Exception {
        try (PlatformDirectory directory = PlatformDirectory.open(parent.resolve("data"))) {
            String before = directory.password("broker");
            Files.createDirectories(directory.postgres().resolve("base"));

            directory.empty();

            assertThat(directory.postgres()).doesNotExist();
            assertThat(directory.password("broker")).isNotEqualTo(before);
        }
    }

    @Test
    void nobody_else_can_look_into_the_directory() throws Exception {
        try (PlatformDirectory directory = PlatformDirectory.open(parent.resolve("data"))) {
            assertThat(Files.getPosixFilePermissions(directory.root()))
                    .extracting(Enum::name)
                    .allMatch(permission -> permission.startsWith("OWNER_"));
        }
    }
}
