package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;

class PostgresStuckWorkTest {
    private final Database database =
            new Database(EmbeddedDatabase.migrated("classpath:db/runtime").dataSource());
    private final PostgresStuckWork stuck = new PostgresStuckWork(database, database, 4, 60, 10);

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
    void of_what_is_stuck_a_bounded_part_is_held_and_the_rest_is_counted_and_still_left_alone() {
        for (int n = 10; n < 35; n++) {
            stuck.setAside("place", "S" + n, "too large");
        }
        EachInTurn eachInTurn = new EachInTurn(stuck, new SimpleMeterRegistry());
        List<Integer> asked = new ArrayList<>();

        List<String> due = eachInTurn.due(
                "place",
                20,
                most -> {
                    asked.add(most);
                    return IntStream.range(10, 10 + most).mapToObj(n -> "S" + n).toList();
                },
                sku -> sku);

        assertThat(stuck.of("place")).hasSize(10);
        assertThat(stuck.extent("place").orElseThrow().count()).isEqualTo(25);
        assertThat(asked).containsExactly(30);
        assertThat(due).containsExactly("S35", "S36", "S37", "S38", "S39");
        assertThat(eachInTurn.attempt("place", List.of("S34", "S35"), sku -> sku, skus -> Progress.DONE))
                .isEqualTo(Progress.DONE);
        stuck.watch();
        assertThat(stuck.extent("place").orElseThrow().count()).isEqualTo(24);
    }

    @Test
    void whoever_is_asked_how_much_is_stuck_asks_no_database_and_says_what_was_seen_last() {
        AtomicInteger asked = new AtomicInteger();
        DataSource silent = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    throw new SQLTransientConnectionException("The database says nothing");
                });
        PostgresStuckWork beside = new PostgresStuckWork(database, new Database(silent), 4, 60, 10);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        EachInTurn eachInTurn = new EachInTurn(beside, meters);
        assertThat(beside.extent("place")).isEmpty();
        beside.setAside("place", "A", "too large");
        eachInTurn.due("place", 1, most -> List.of(), String::valueOf);
        beside.setAside("place", "B", "too large");

        assertThat(meters.get("tierstock.work.stuck").gauge().value()).isEqualTo(1);
        assertThat(meters.get("tierstock.work.stuck.age").gauge().value()).isNotNaN();
        assertThat(asked).hasValue(0);
    }

    @Test
    void what_another_replica_has_set_aside_is_seen_by_who_only_watches() {
        stuck.of("place");
        stuck.of("recall");
        new PostgresStuckWork(database, database, 4, 60, 10).setAside("place", "A", "too large");

        stuck.watch();

        assertThat(stuck.extent("place").orElseThrow().count()).isEqualTo(1);
        assertThat(stuck.extent("recall")).contains(new StuckWork.Extent(0, null));
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
