package org.tierstock.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpoolTest {
    /** The files of answers that are there now. */
    private static List<Path> files() throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "tierstock-answer-*")) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            return found;
        }
    }

    @Test
    void what_was_written_is_read_and_nothing_is_left_on_the_disk() throws IOException {
        byte[] written = new byte[1_000_001];
        new Random(1).nextBytes(written);
        List<Path> before = files();

        try (Spool spool = new Spool()) {
            spool.out().write(written);
            try (InputStream in = spool.in()) {
                assertThat(in.readAllBytes()).isEqualTo(written);
            }
            assertThat(files())
                    .as("a process that is killed leaves none either")
                    .isEqualTo(before);
        }

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void nothing_is_left_on_the_disk_when_the_reading_fails() throws IOException {
        List<Path> before = files();

        assertThatThrownBy(() -> {
                    try (Spool spool = new Spool()) {
                        spool.out().write(1);
                        throw new IllegalStateException("the database is gone");
                    }
                })
                .hasMessage("the database is gone");

        assertThat(files()).isEqualTo(before);
    }
}
