package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.Load;
import org.tierstock.integration.load.LoadSettings;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;

/**
 * The disk under PostgreSQL fills up under load, at last so that PostgreSQL cannot write its log and ends, and is freed again. The disk is a filesystem of its own, in memory, which
 * only root may mount: without that right the test says so and does not run.
 */
class FullDiskTest {
    private static final long DISK_MEGABYTES = 900;
    private static final int ORDERS_BEFORE = 500;
    private static final int ORDERS_AFTER = 1_000;

    /** Long enough that every client has been refused. */
    private static final Duration FULL = Duration.ofSeconds(8);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final int RECORD_MEGABYTES = 8;
    private static final int BLOCK = 64 * 1024;

    @TempDir
    Path directory;

    private Path disk;

    @BeforeEach
    void putTheDatabaseOnASmallDisk() throws IOException, InterruptedException {
        // A first start makes the databases, which are then moved.
        try (LocalPlatform platform = new LocalPlatform(settings())) {
            platform.start();
        }
        disk = directory.resolve("data/postgres");
        Path moved = Files.move(disk, directory.resolve("moved"));
        Files.createDirectory(disk);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + DISK_MEGABYTES + "m", "tmpfs", disk.toString()),
                "a filesystem can only be mounted by root");
        assertThat(run("cp", "-a", moved + "/.", disk.toString())).isTrue();
    }

    @AfterEach
    void takeTheDiskAway() throws IOException, InterruptedException {
        run("umount", "--lazy", disk.toString());
    }

    @Test
    void a_full_disk_refuses_and_when_there_is_space_again_everything_goes_on_by_itself()
            throws IOException, InterruptedException, SQLException {
        try (LocalPlatform platform = new LocalPlatform(settings())) {
            platform.start();
            Layers layers = Layers.of(platform);
            try (Load load = Load.start(LoadSettings.demoSized("disk"), layers)) {
                load.awaitOrders(ORDERS_BEFORE);

                long refused;
                Path ballast;
                try (Connection owner = owner(platform)) {
                    ballast = fill();
                    Thread.sleep(FULL);
                    refused = layers.traffic().repetitions();
                    fillTheLog(owner);
                }
                long given = System.nanoTime();
                while (platform.alive("postgres")) {
                    assertThat(System.nanoTime() - given).isLessThan(PATIENCE.toNanos());
                    Thread.sleep(BETWEEN_LOOKS);
                }
                int orders = load.acknowledged().orders();
                Files.delete(ballast);
                // What ./tierstock up does with a process that has ended.
                platform.startAgain("postgres");
                load.awaitOrders(orders + ORDERS_AFTER);
                List<String> findings = load.finish();

                System.err.printf(
                        "full for %d s; %d requests repeated; %d orders when it was full, %d at the end%n",
                        FULL.toSeconds(), refused, orders, load.acknowledged().orders());
                assertThat(findings).isEmpty();
                assertThat(refused).isPositive();
            }
        }
    }

    private static Connection owner(LocalPlatform platform) throws SQLException {
        LayerDatabase sales = platform.database(Layer.SALES);
        return DriverManager.getConnection(sales.jdbcUrl(), sales.owner(), sales.ownerPassword());
    }

    /** PostgreSQL's log goes on in files that it has kept for that; it ends when it needs a new one and there is no room. */
    private static void fillTheLog(Connection owner) {
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> {
            try (Statement statement = owner.createStatement()) {
                for (int i = 0; i < 2 * DISK_MEGABYTES / RECORD_MEGABYTES; i++) {
                    statement.execute("SELECT pg_logical_emit_message(true, 'ballast', repeat('x', %d))"
                            .formatted(RECORD_MEGABYTES << 20));
                }
            }
        });
    }

    private PlatformSettings settings() {
        return PlatformSettings.builder()
                .repository(RunningPlatform.repository())
                .dataDirectory(directory.resolve("data"))
                .progress(line -> System.err.println("platform: " + line))
                .build();
    }

    /** Writes until there is no byte left. */
    private Path fill() throws IOException {
        Path ballast = disk.resolve("ballast");
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
        return ballast;
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
