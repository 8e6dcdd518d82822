package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;

class PostgresStuckWorkTest {
    private final Database database =
            new Database(EmbeddedDatabase.migrated("classpath:db/runtime").dataSource());
    private final PostgresStuckWork stuck = new PostgresStuckWork(database, database, 4, 60);

    @Test
    void a_subject_waits_twice_as_long_each_time_up_to_the_longest_and_keeps_since_when_it_is_stuck() {
        List<Integer> seconds = List.of(4, 8, 16, 32, 60, 60);

        for (int expected : seconds) {
            stuck.setAside("place", "A1", "too large");
            assertThat(database.query(
                            "SELECT round(extract(epoch FROM retry_after - now())) FROM stuck_work",
                            Database.Binder.NOTHING,
                            row -> row.getInt(1)))
                    .containsExactly(expected);
        }

        StuckWork.SetAside one = stuck.of("place").get("A1");
        assertThat(one.tries()).isEqualTo(seconds.size());
        assertThat(one.waits()).isTrue();
        assertThat(stuck.of("recall")).isEmpty();
    }

    @Test
    void what_is_stuck_is_listed_page_by_page_until_it_has_been_done() {
        for (String sku : List.of("B", "A", "C")) {
            stuck.setAside("place", sku, "too large\0");
        }
        stuck.done("place", List.of("C", "never stuck"));

        Page<StuckWork.SetAside> first = stuck.page(null, new Limit(1));
        Page<StuckWork.SetAside> second = stuck.page(Cursor.parse(first.next(), 2), new Limit(1));

        assertThat(first.items()).extracting(StuckWork.SetAside::subject).containsExactly("A");
        assertThat(second.items()).extracting(StuckWork.SetAside::subject).containsExactly("B");
        assertThat(second.next()).isNull();
    }

    @Test
    void what_nobody_has_found_due_for_twice_the_longest_time_is_forgotten() {
        for (String sku : List.of("A", "B", "C")) {
            stuck.setAside("place", sku, "too large");
        }
        stuck.setAside("recall", "A", "too large");
        stuck.due("place", List.of("A"));
        lastFoundDue(110);
        stuck.due("place", List.of("B"));
        assertThat(stuck.of("place")).containsOnlyKeys("A", "B", "C");

        lastFoundDueBefore(15);
        stuck.due("place", List.of("A"));

        assertThat(stuck.of("place")).containsOnlyKeys("A", "B");
        assertThat(stuck.of("recall")).containsOnlyKeys("A");
    }

    /** All have been found due so many seconds ago. */
    private void lastFoundDue(int seconds) {
        database.update("UPDATE stuck_work SET due_at = now() - make_interval(secs => ?)", p -> p.integer(1, seconds));
    }

    /** So many seconds pass. */
    private void lastFoundDueBefore(int seconds) {
        database.update("UPDATE stuck_work SET due_at = due_at - make_interval(secs => ?)", p -> p.integer(1, seconds));
    }
}
