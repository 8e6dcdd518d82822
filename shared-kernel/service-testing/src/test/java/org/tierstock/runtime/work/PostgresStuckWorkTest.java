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
    private final PostgresStuckWork stuck = new PostgresStuckWork(database, 4, 60);

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
}
