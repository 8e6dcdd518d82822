package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordsTest {

    @TempDir
    Path directory;

    private ProcessRecords records;
    private Process process;

    @BeforeEach
    void start() throws Exception {
        records = new ProcessRecords(directory);
        process = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void a_process_left_behind_is_ended() throws Exception {
        records.remember("sales-0", process.toHandle());

        assertThat(new ProcessRecords(directory).endStale()).containsExactly("sales-0");

        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_process_that_only_has_the_same_id_is_left_alone() throws Exception {
        Files.writeString(directory.resolve("sales-0"), process.pid() + " 2001-01-01T00:00:00Z");

        assertThat(records.endStale()).isEmpty();

        assertThat(process.isAlive()).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_process_that_ended_in_order_leaves_no_record() {
        records.remember("sales-0", process.toHandle());

        records.forget("sales-0");

        assertThat(records.endStale()).isEmpty();
        assertThat(process.isAlive()).isTrue();
    }
}
