package org.tierstock.runtime.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.Binder;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

/** What goes by rule, and what never goes. */
class PurgedRowsTest {
    private static final Duration KEEP = Duration.ofDays(30);
    private static final int LIMIT = 1_000;

    private final TransactionalDataSource dataSource =
            EmbeddedDatabase.migrated("classpath:db/runtime").dataSource();
    private final Database database = new Database(dataSource);

    @Test
    void of_the_journal_the_last_rows_stay_whatever_their_age() {
        journal(30, "1 year");

        assertThat(purge(new PurgedJournal(database, 10))).isEqualTo(20);

        assertThat(numbers("SELECT number FROM journal ORDER BY number"))
                .hasSize(10)
                .startsWith(21L)
                .endsWith(30L);
    }

    @Test
    void of_the_journal_goes_what_is_old_without_a_gap_and_nothing_that_may_be_open_yet() {
        journal(10, "1 year");
        journal(1, "59 minutes");
        journal(10, "1 year");

        assertThat(purge(new PurgedJournal(database, 0), 4)).isEqualTo(4);
        assertThat(purge(new PurgedJournal(database, 0))).isEqualTo(6);
        assertThat(purge(new PurgedJournal(database, 0))).isZero();

        assertThat(numbers("SELECT number FROM journal ORDER BY number"))
                .hasSize(11)
                .startsWith(11L);
    }

    @Test
    void a_message_that_waits_for_a_person_stays_and_one_that_was_given_up_is_still_named() {
        parked("waits", "PARKED", false, "1 year");
        parked("replayed", "REPLAYED", false, "31 days");
        parked("noise", "CLOSED", false, "31 days");
        parked("young", "REPLAYED", false, "29 days");
        parked("given up", "CLOSED", true, "31 days");

        assertThat(purge(new PurgedParkedMessages(database, KEEP))).isEqualTo(3);
        assertThat(purge(new PurgedParkedMessages(database, KEEP))).isZero();

        assertThat(texts("SELECT message_id || ' ' || octet_length(payload) FROM parked_message ORDER BY 1"))
                .containsExactly("given up 0", "waits 4", "young 4");
        assertThat(texts("SELECT unnest(effect_keys) FROM parked_message WHERE given_up"))
                .containsExactly("KEY");
    }

    @Test
    void what_was_given_up_is_named_until_all_was_compared_since_and_no_key_of_it_differs() {
        givenUp("made good", "sales-to-dispatch", "K1");
        givenUp("differs", "sales-to-dispatch", "K1", "K2");
        givenUp("a hand-over", "hand-over", "K1");
        PurgedRows purged = new PurgedParkedMessages(database, KEEP);
        run("INSERT INTO open_difference (scope, key, here, there, first_seen_in, last_seen_in)"
                + " VALUES ('', 'K2', 1, 2, 'RC', 'RC')");
        assertThat(purge(purged)).isEqualTo(3);

        reconciliation("RC1", "1 day", "K2");
        run("UPDATE check_run SET asked_at = now() - interval '32 days'");
        check("RC2", "RECONCILIATION", "DONE", "'KETTLE'", "1 day");
        run("INSERT INTO reconciliation (number, peer, difference_count) VALUES ('RC2', 'dispatch', 0)");
        reconciliation("RC3", "1 day");
        run("UPDATE reconciliation SET difference_count = 1000000 WHERE number = 'RC3'");
        assertThat(purge(purged)).isZero();

        reconciliation("RC4", "1 day", "K2");
        assertThat(purge(purged)).isEqualTo(1);
        assertThat(texts("SELECT message_id FROM parked_message ORDER BY 1")).containsExactly("a hand-over", "differs");

        run("DELETE FROM open_difference");
        assertThat(purge(purged)).isEqualTo(1);
        assertThat(texts("SELECT message_id FROM parked_message")).containsExactly("a hand-over");
    }

    private void givenUp(String id, String queue, String... keys) {
        parked(id, "CLOSED", true, "31 days");
        run("UPDATE parked_message SET queue = '%s', effect_keys = '{%s}' WHERE message_id = '%s'"
                .formatted(queue, String.join(",", keys), id));
    }

    @Test
    void replicas_that_have_ended_without_saying_so_are_forgotten_whoever_still_does_their_work() {
        run("INSERT INTO replica (work, owner, seen_at) VALUES ('one', 'gone', now() - interval '61 minutes'),"
                + " ('other', 'gone', now() - interval '1 year'), ('one', 'away', now() - interval '59 minutes'),"
                + " ('one', 'here', now())");

        assertThat(purge(new PurgedReplicas(database), 1)).isEqualTo(1);
        assertThat(purge(new PurgedReplicas(database))).isEqualTo(1);

        assertThat(texts("SELECT owner FROM replica ORDER BY 1")).containsExactly("away", "here");
    }

    @Test
    void the_last_check_of_everything_stays_and_the_first_that_shows_what_still_differs() {
        reconciliation("RC1", "90 days", "gone");
        reconciliation("RC2", "80 days", "open", "gone");
        reconciliation("RC3", "70 days", "open");
        reconciliation("RC4", "60 days", "open");
        reconciliation("RC5", "10 days");
        reconciliation("RC6", "40 days", "open");
        run("INSERT INTO open_difference (scope, key, here, there, first_seen_in, last_seen_in)"
                + " VALUES ('', 'open', 1, 2, 'RC2', 'RC6')");
        run("INSERT INTO reconciliation_adjustment"
                + " (number, reconciliation, scope, key, here, there, cause, note, state, proposed_by)"
                + " VALUES ('RA1', 'RC1', '', 'gone', 1, 2, 'DEFECT', '', 'BOOKED', 'o')");
        check("RC7", "RECONCILIATION", "DONE", "'KETTLE'", "35 days");
        check("RC8", "RECONCILIATION", "FAILED", "NULL", "35 days");
        audit("AU1", "90 days", "gone");
        audit("AU2", "80 days", "open");
        audit("AU3", "70 days", "open");
        audit("AU4", "60 days", "open");

        PurgedChecks purged = new PurgedChecks(database, KEEP);
        while (purge(purged, 2) > 0) {
            // In portions that are smaller than what belongs to one of them.
        }

        assertThat(texts("SELECT number FROM check_run ORDER BY run_id"))
                .containsExactly("RC1", "RC2", "RC5", "RC6", "AU2", "AU4");
        assertThat(texts("SELECT DISTINCT number FROM reconciliation_cut ORDER BY 1"))
                .containsExactly("RC1", "RC2", "RC5", "RC6");
        assertThat(texts("SELECT number || ' ' || key FROM reconciliation_difference ORDER BY 1"))
                .containsExactly("RC1 gone", "RC2 gone", "RC2 open", "RC6 open");
        assertThat(texts("SELECT number || ' ' || key FROM reconciliation_document ORDER BY 1"))
                .containsExactly("RC1 gone", "RC2 gone", "RC2 open", "RC6 open");
        assertThat(texts("SELECT number || ' ' || key FROM audit_difference ORDER BY 1"))
                .containsExactly("AU2 open", "AU4 open");
    }

    @Test
    void daily_reports_of_long_ago_go_with_their_lines() {
        run("INSERT INTO difference_report (day, open_count) VALUES (current_date - 31, 1), (current_date - 29, 1)");
        run("INSERT INTO difference_report_line SELECT day, '', 'K' || n, 1, 2, now(), 'RC1', now(), 'RC1'"
                + " FROM difference_report, generate_series(1, 5) n");

        PurgedDifferenceReports purged = new PurgedDifferenceReports(database, KEEP);
        while (purge(purged, 2) > 0) {
            // In portions that are smaller than a report.
        }

        assertThat(texts("SELECT DISTINCT (current_date - day)::text FROM difference_report_line"))
                .containsExactly("29");
        assertThat(texts("SELECT (current_date - day)::text FROM difference_report"))
                .containsExactly("29");
    }

    @Test
    void no_rows_go_by_two_rules() {
        PurgedRows reports = new PurgedDifferenceReports(database, KEEP);

        PurgeJob.requireOneRuleEach(List.of(reports, new PurgedBackups(database, KEEP)));
        assertThatIllegalStateException()
                .isThrownBy(() -> PurgeJob.requireOneRuleEach(
                        List.of(reports, new PurgedDifferenceReports(database, KEEP.multipliedBy(2)))))
                .withMessage("difference_report is purged by two rules");
    }

    @Test
    void backups_that_were_closed_are_forgotten_with_their_positions_and_open_ones_are_not() {
        run("INSERT INTO backup (number, registered_at, registered_by, closed_at) VALUES"
                + " ('B1', now() - interval '1 year', 'o', now() - interval '31 days'),"
                + " ('B2', now() - interval '1 year', 'o', now()), ('B3', now() - interval '1 year', 'o', NULL)");
        run("INSERT INTO backup_position SELECT backup_id, 'S>D', 1, 1 FROM backup");

        assertThat(purge(new PurgedBackups(database, KEEP))).isEqualTo(1);

        assertThat(texts("SELECT number FROM backup JOIN backup_position USING (backup_id) ORDER BY 1"))
                .containsExactly("B2", "B3");
    }

    private int purge(PurgedRows rows) {
        return purge(rows, LIMIT);
    }

    private int purge(PurgedRows rows, int limit) {
        return dataSource.inTransaction(() -> rows.purge(limit, 0));
    }

    private void journal(int rows, String age) {
        run("INSERT INTO journal (written_at) SELECT now() - interval '" + age + "' FROM generate_series(1, " + rows
                + ")");
    }

    private void parked(String id, String state, boolean givenUp, String settled) {
        run("""
            INSERT INTO parked_message (queue, message_id, type, properties, payload, reason_code, reason, state, settled_at, given_up,
                                        effect_keys)
            VALUES ('q', '%s', 't', '{}', 'body', 'OTHER', 'r', '%s', now() - interval '%s', %s, '{KEY}')
            """.formatted(id, state, settled, givenUp));
    }

    private void check(String number, String kind, String state, String sku, String age) {
        run("""
            INSERT INTO check_run (number, kind, state, sku, asked_by, finished_at)
            VALUES ('%s', '%s', '%s', %s, 'o', now() - interval '%s')
            """.formatted(number, kind, state, sku, age));
    }

    private void reconciliation(String number, String age, String... keys) {
        check(number, "RECONCILIATION", "DONE", "NULL", age);
        run("INSERT INTO reconciliation (number, peer, difference_count) VALUES ('%s', 'dispatch', %d)"
                .formatted(number, keys.length));
        run("INSERT INTO reconciliation_cut SELECT '" + number + "', '', 'S>D', n, 1, 0 FROM generate_series(1, 5) n");
        for (String key : keys) {
            run(
                    "INSERT INTO reconciliation_document SELECT '%1$s', count(*), '%2$s', 't', 'd', 'S>D', 1, 1, now(), false"
                                    .formatted(number, key)
                            + " FROM reconciliation_document");
            run("INSERT INTO reconciliation_difference VALUES ('%s', '', '%s', 1, 2)".formatted(number, key));
        }
    }

    private void audit(String number, String age, String key) {
        check(number, "AUDIT", "DONE", "NULL", age);
        run("INSERT INTO audit (number, snapshots) VALUES ('%s', 1)".formatted(number));
        run("INSERT INTO audit_difference VALUES ('%s', 1, '%s', 'FREE', 1, 2)".formatted(number, key));
    }

    private void run(String sql) {
        database.update(sql, Binder.NOTHING);
    }

    private List<Long> numbers(String sql) {
        return database.query(sql, Binder.NOTHING, row -> row.getLong(1));
    }

    private List<String> texts(String sql) {
        return database.query(sql, Binder.NOTHING, row -> row.getString(1));
    }
}
