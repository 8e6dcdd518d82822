package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledLauncherTest {

    @TempDir
    Path directory;

    @Test
    void the_launcher_after_a_killed_one_has_the_same_data_and_nothing_in_its_way() throws Exception {
        Path data = directory.resolve("data");
        Path mark = directory.resolve("mark");
        Process killed = new ProcessBuilder(
                        JavaCommand.executable(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName(),
                        data.toString(),
                        mark.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("launcher.log").toFile())
                .start();
        assertThat(Waiting.until(() -> Files.exists(mark), Duration.ofMinutes(2)))
                .isTrue();

        killed.destroyForcibly().waitFor();

        try (LocalPlatform next = new LocalPlatform(settings(data))) {
            next.start();
            assertThat(countOfMarks(next.database(Layer.SALES))).isOne();
        }
    }

    private static PlatformSettings settings(Path data) {
        return PlatformSettings.builder().dataDirectory(data).layers().build();
    }

    private static int countOfMarks(LayerDatabase database) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.owner(), database.ownerPassword());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM mark")) {
            result.next();
            return result.getInt(1);
        }
    }

    /** A launcher that leaves a row in a database and a file beside it, and then sleeps until it is killed. */
    static final class Launcher {

        public static void main(String[] arguments) throws Exception {
            LocalPlatform platform = new LocalPlatform(settings(Path.of(arguments[0])));
            platform.start();
            LayerDatabase database = platform.database(Layer.SALES);
            try (Connection connection = DriverManager.getConnection(
                            database.jdbcUrl(), database.owner(), database.ownerPassword());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE mark (n int)");
                statement.execute("INSERT INTO mark VALUES (1)");
            }
            Files.createFile(Path.of(arguments[1]));
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
    }
}
