package org.tierstock.runtime.purge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

/** What the other side tells that it needs no longer, and up to where it is believed. */
class ReleasesTest {
    private static final int PARTITION = 3;
    private static final long FAR_BEYOND = 1_000_000_000_000_000L;

    private final TransactionalDataSource dataSource =
            EmbeddedDatabase.migrated("classpath:db/runtime").dataSource();
    private final Database database = new Database(dataSource);
    private final Releases releases = new Releases(
            database,
            new PostgresWatermarks(database),
            List.of(),
            List.of(series -> series.equals("D>W:WH1") ? 7 : 0),
            null,
            "warehouse");

    @Test
    void of_a_stream_of_which_nothing_was_sent_nothing_is_believed() {
        assertThat(heard(at("W>D:WH1", FAR_BEYOND))).containsExactly(at("W>D:WH1", FAR_BEYOND));

        assertThat(remembered()).isEmpty();
    }

    @Test
    void a_number_that_was_not_sent_yet_is_not_believed_and_one_that_was_is() {
        sent("W>D:WH1", 5);

        assertThat(heard(at("W>D:WH1", 6))).containsExactly(at("W>D:WH1", 6));
        assertThat(remembered()).isEmpty();
        assertThat(heard(at("W>D:WH1", 4), at("W>D:WH1", 5))).isEmpty();
        assertThat(remembered()).containsExactly(at("W>D:WH1", 5));
    }

    @Test
    void of_a_stream_that_is_received_no_more_is_remembered_than_was_applied() {
        applied("S>D", 4);

        assertThat(heard(at("S>D", FAR_BEYOND))).isEmpty();

        assertThat(remembered()).containsExactly(at("S>D", 4));
    }

    @Test
    void calls_are_finished_no_further_than_this_layer_was_asked() {
        assertThat(heard(at("D>W:WH1", FAR_BEYOND), at("D>W:WH2", FAR_BEYOND))).isEmpty();

        assertThat(remembered()).containsExactly(at("D>W:WH1", 7));
    }

    @Test
    void settlements_are_proven_no_further_than_they_were_sent() {
        sent("S>D", 3);

        dataSource.inTransaction(() -> releases.heard(List.of(at("S>D", FAR_BEYOND)), List.of(at("D>S", 1))));

        assertThat(database.query(
                        "SELECT settled + awaited FROM revocation_proof",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1)))
                .containsExactly(0L);
    }

    private List<StreamPosition> heard(StreamPosition... released) {
        return dataSource.inTransaction(() -> releases.heard(List.of(released), List.of()));
    }

    private List<StreamPosition> remembered() {
        return database.query(
                "SELECT stream, partition, sequence FROM stream_released ORDER BY stream, partition",
                Database.Binder.NOTHING,
                row -> new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)));
    }

    private static StreamPosition at(String stream, long sequence) {
        return new StreamPosition(stream, PARTITION, sequence);
    }

    private void sent(String stream, long upTo) {
        database.update(
                "INSERT INTO stream_head VALUES (?, ?::smallint, ?)",
                p -> p.text(1, stream).integer(2, PARTITION).number(3, upTo));
    }

    private void applied(String stream, long upTo) {
        database.update(
                "INSERT INTO stream_mark (stream, partition, applied) VALUES (?, ?::smallint, int8multirange(int8range(0, ?, '[]')))",
                p -> p.text(1, stream).integer(2, PARTITION).number(3, upTo));
    }
}
