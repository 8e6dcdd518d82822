package org.tierstock.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;

class CheckRunsTest {
    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final Database others = new Database(embedded.dataSource());
    private final List<String> given = new ArrayList<>();

    /** Ends the run that was in somebody's way as soon as it was. */
    private final class EndsWhatWasInTheWay extends Database {
        EndsWhatWasInTheWay(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public int update(String sql, Binder binder) {
            int rows = super.update(sql, binder);
            if (sql.startsWith("INSERT INTO check_run") && rows == 0) {
                others.update("UPDATE check_run SET state = 'DONE', finished_at = now()", Binder.NOTHING);
            }
            return rows;
        }
    }

    @Test
    void whoever_finds_one_that_ends_before_it_is_looked_at_begins_the_next_one() {
        Database database = new EndsWhatWasInTheWay(embedded.dataSource());
        CheckRuns runs = new CheckRuns(database, database, (prefix, count) -> {
            if (given.isEmpty()) {
                others.update(
                        "INSERT INTO check_run (number, kind, asked_by) VALUES ('AU-1-0', 'AUDIT', 'somebody else')",
                        Database.Binder.NOTHING);
            }
            given.add(prefix + "-1-" + (given.size() + 1));
            return List.of(given.getLast());
        });

        CheckRuns.Asked asked = runs.ask(Check.Kind.AUDIT, Part.WHOLE, "o");

        assertThat(asked.begun()).isTrue();
        assertThat(asked.run().number()).isEqualTo("AU-1-2");
    }

    @Test
    void whoever_asks_while_one_runs_is_told_of_it() {
        CheckRuns runs = new CheckRuns(others, others, (prefix, count) -> List.of(prefix + "-1-1"));

        CheckRuns.Asked first = runs.ask(Check.Kind.AUDIT, Part.WHOLE, "o");
        CheckRuns.Asked second = runs.ask(Check.Kind.AUDIT, Part.WHOLE, "p");

        assertThat(first.begun()).isTrue();
        assertThat(second.begun()).isFalse();
        assertThat(second.run().number()).isEqualTo("AU-1-1");
    }
}
