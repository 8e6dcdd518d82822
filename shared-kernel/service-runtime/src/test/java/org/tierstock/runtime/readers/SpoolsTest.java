package org.tierstock.runtime.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.posting.Overloaded;

class SpoolsTest {
    private static final int SHARE = 2;
    private static final int MOST = 4_000_000;
    private static final int FILES = 3;

    private String caller = "one";
    private final Shares shares = new Shares("answers that wait for it", SHARE, Duration.ofMillis(1));
    private final Spools spools = new Spools(shares, MOST, () -> caller, FILES, Duration.ofMillis(1));

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

        try (Spool spool = spools.open()) {
            spool.out().write(written);
            try (InputStream in = spool.in()) {
                assertThat(in.readAllBytes()).isEqualTo(written);
            }
            assertThat(files())
                    .as("a process that is killed leaves none either")
                    .isEqualTo(before);
            assertThat(spools.bytes()).isEqualTo(written.length);
        }

        assertThat(files()).isEqualTo(before);
        assertThat(spools.bytes()).isZero();
    }

    @Test
    void whoever_writes_files_leaves_connections_to_others_however_many_they_are() {
        assertThatThrownBy(() ->
                        writes("one", () -> writes("two", () -> writes("three", () -> writes("four", () -> {})))))
                .isInstanceOf(Overloaded.class);

        writes("one", () -> writes("two", () -> writes("three", () -> {})));
    }

    @Test
    void one_caller_writes_so_few_files_at_a_time_that_others_find_a_place() {
        assertThatThrownBy(() -> writes("one", () -> writes("one", () -> {}))).isInstanceOf(Overloaded.class);

        writes("one", () -> writes("two", () -> {}));
    }

    private void writes(String who, Runnable file) {
        caller = who;
        spools.write(file);
    }

    @Test
    void nothing_is_left_on_the_disk_when_the_reading_fails() throws IOException {
        List<Path> before = files();

        assertThatThrownBy(() -> {
                    try (Spool spool = spools.open()) {
                        spool.out().write(1);
                        throw new IllegalStateException("the database is gone");
                    }
                })
                .hasMessage("the database is gone");

        assertThat(files()).isEqualTo(before);
        assertThat(shares.callers()).isZero();
    }

    @Test
    void a_caller_keeps_its_place_until_its_answer_is_taken_whole() throws IOException {
        Spool first = spools.open();
        Spool second = spools.open();
        second.out().write(1);
        second.in().close();

        assertThatThrownBy(spools::open).isInstanceOf(Overloaded.class);
        caller = "another";
        spools.open().close();
        caller = "one";
        first.close();
        first.close();

        Spool third = spools.open();
        assertThatThrownBy(spools::open).isInstanceOf(Overloaded.class);
        second.close();
        third.close();
        assertThat(shares.callers()).isZero();
    }

    @Test
    void one_caller_takes_half_of_the_room_and_all_of_them_no_more_than_there_is() throws IOException {
        Spool first = spools.open();
        Spool second = spools.open();
        first.out().write(new byte[MOST / 2 - 1]);
        assertThatThrownBy(() -> second.out().write(new byte[10_000])).isInstanceOf(Overloaded.class);
        caller = "another";
        Spool third = spools.open();
        third.out().write(new byte[MOST / 2]);
        caller = "";
        Spool own = spools.open();
        assertThatThrownBy(() -> own.out().write(new byte[10_000])).isInstanceOf(Overloaded.class);

        second.close();
        third.close();
        own.out().write(new byte[MOST / 2]);
        own.close();
        first.close();
        assertThat(spools.bytes()).isZero();
    }
}
