package org.tierstock.runtime.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.protocol.v1.StreamPosition;

class SpoolTest {
    private static StreamPosition part(int number) {
        return StreamPosition.newBuilder()
                .setStream("x".repeat(number))
                .setSequence(number)
                .build();
    }

    /** The files of answers that are there now. */
    private static List<Path> files() {
        try (var files =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "tierstock-answer-*")) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            return found;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void what_was_put_in_comes_out_in_order() {
        List<StreamPosition> in =
                IntStream.range(0, 2_000).mapToObj(SpoolTest::part).toList();
        List<StreamPosition> out = new ArrayList<>();

        try (Spool<StreamPosition> spool = new Spool<>(StreamPosition.parser())) {
            in.forEach(spool::add);
            spool.forEach(out::add);
        }

        assertThat(out).isEqualTo(in);
    }

    @Test
    void nothing_is_left_on_the_disk_even_if_nobody_takes_it() {
        List<Path> before = files();

        assertThatThrownBy(() -> {
                    try (Spool<StreamPosition> spool = new Spool<>(StreamPosition.parser())) {
                        spool.add(part(1));
                        spool.forEach(taken -> {
                            throw new IllegalStateException("gone");
                        });
                    }
                })
                .hasMessage("gone");

        assertThat(files()).isEqualTo(before);
    }
}
