package org.tierstock.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.sql.DatabaseFailure;

/**
 * What a layer keeps of a long life: finished rows in every table that keeps any, all of them named {@code OLD}. Whatever
 * is done beside them must read about what it answers.
 *
 * <p>There are 20,000 rows of a kind. The system property {@code tierstock.test.kept-rows} sets another number.
 */
public final class KeptRows {
    /** Rows of a kind; divisible by the number of partitions. */
    public static final int COUNT =
            Integer.getInteger("tierstock.test.kept-rows", 20_000) / Partitions.COUNT * Partitions.COUNT;

    /** The last number of each partition of each stream. */
    public static final long NUMBER = COUNT / Partitions.COUNT;

    /** How the services' connections are set ({@code tierstock.pg.options}). */
    public static final String OPTIONS = "-c enable_seqscan=off -c random_page_cost=1.1";

    /** What any statement may read that does not grow with what is kept: settings, rules, the streams' heads. */
    public static final long ALWAYS = 100;

    /** What a statement may read for each row that it answers or touches. */
    public static final long PER_ROW = 25;

    private KeptRows() {}

    /**
     * Fills the tables of the runtime and those of a layer, and has the database look at them as it does by itself.
     *
     * @param beside the class beside whose {@code kept.sql} the layer's rows are; null when there is no layer
     * @param sent the streams that the layer has sent
     * @param applied the streams that it has applied
     */
    public static void fill(EmbeddedDatabase database, Class<?> beside, List<String> sent, List<String> applied) {
        try (Connection connection = database.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            run(statement, script(KeptRows.class), sent, applied);
            if (beside != null) {
                run(statement, script(beside), sent, applied);
            }
            statement.execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private static void run(Statement statement, String script, List<String> sent, List<String> applied)
            throws SQLException {
        statement.execute(script.replace(":rows", Integer.toString(COUNT))
                .replace(":partitions", Integer.toString(Partitions.COUNT))
                .replace(":sent", array(sent))
                .replace(":applied", array(applied)));
    }

    private static String array(List<String> texts) {
        return texts.stream().map(text -> '\'' + text + '\'').collect(Collectors.joining(",", "ARRAY[", "]::text[]"));
    }

    private static String script(Class<?> beside) {
        try (InputStream script = beside.getResourceAsStream("kept.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
