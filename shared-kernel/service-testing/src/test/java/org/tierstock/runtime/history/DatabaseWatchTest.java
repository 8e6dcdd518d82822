package org.tierstock.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.exchange.CommittedJournal;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

class DatabaseWatchTest {
    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final TransactionalDataSource dataSource = embedded.dataSource();
    private final Database database = new Database(dataSource);
    private final Replica replica = new Replica();
    private final Replica other = new Replica();

    /** A replica with its fence and what it has seen. */
    private final class Replica {
        final CommittedJournal committed = new CommittedJournal(null);
        final Installation installation = new Installation(database, committed);
        final Fence fence = new Fence();
        final DatabaseWatch watch =
                new DatabaseWatch(database, installation, committed, new RestorationRows(database, database), fence);

        Replica() {
            fence.open();
        }
    }

    @BeforeEach
    void both_replicas_have_seen_some_transactions() {
        for (int i = 0; i < 10; i++) {
            dataSource.inTransaction(() -> replica.installation.nextJournal());
        }
        replica.watch.check();
        other.watch.check();
    }

    @Test
    void a_database_that_knows_everything_keeps_the_fence_open() {
        dataSource.inTransaction(() -> other.installation.nextJournal());

        replica.watch.check();

        assertThat(replica.fence.isOpen()).isTrue();
        assertThat(replica.watch.compare().missed()).isEmpty();
    }

    @Test
    void a_database_that_has_fallen_back_closes_the_fence_with_its_reason() {
        update("DELETE FROM journal WHERE number = 10");

        replica.watch.check();

        assertThat(replica.fence.isOpen()).isFalse();
        assertThat(replica.fence.mayPost()).isFalse();
        assertThat(replica.fence.reason()).contains("transaction 10 of epoch 1", "last one is 9");
        assertThat(replica.watch.compare().missed()).isPresent();
    }

    @Test
    void a_transaction_that_was_committed_since_the_last_look_is_missed_too() {
        replica.committed.seen(1, new CommittedJournal.Commit(11, 0));

        replica.watch.check();

        assertThat(replica.fence.isOpen()).isFalse();
    }

    @Test
    void a_replica_that_slept_through_a_repair_closes_and_forgets_its_epoch() {
        update("UPDATE installation SET epoch = 2");

        replica.watch.check();

        assertThat(replica.fence.isOpen()).isFalse();
        assertThat(replica.installation.epoch()).isEqualTo(2);
        assertThat(replica.watch.compare().missed())
                .as("a later epoch was begun by a repair")
                .isEmpty();
    }

    @Test
    void what_one_replica_has_found_closes_the_fence_of_all() {
        update("INSERT INTO restoration (state, reason, epoch) VALUES ('DETECTED', 'found by another', 1)");

        replica.watch.check();

        assertThat(replica.fence.isOpen()).isFalse();
    }

    @Test
    void an_open_replica_counts_on_for_those_that_start_as_long_as_the_database_knows_all_that_it_has_seen() {
        replica.watch.check();
        long before = beats();
        replica.watch.check();
        assertThat(beats()).isEqualTo(before + 1);

        update("DELETE FROM journal WHERE number = 10");
        replica.watch.check();

        assertThat(beats()).isEqualTo(before + 1);
    }

    @Test
    void a_replica_of_another_epoch_or_one_not_seen_for_seconds_proves_nothing() {
        replica.watch.check();
        assertThat(other.watch.proofs()).hasSize(1);

        update("UPDATE open_replica SET seen_at = now() - interval '6 seconds'");
        assertThat(other.watch.proofs()).isEmpty();

        update("UPDATE open_replica SET seen_at = now(), epoch = 7");
        assertThat(other.watch.proofs()).isEmpty();
    }

    @Test
    void a_new_connection_to_a_database_that_has_fallen_back_is_cut_and_closes_the_fence() throws SQLException {
        NewConnections connections = new NewConnections(replica.committed, replica.fence);
        try (Connection sound = dataSource.getConnection()) {
            connections.onConnectionCreate(sound);
            assertThat(sound.isClosed()).isFalse();
        }
        update("DELETE FROM journal WHERE number = 10");

        // The second was asked for by somebody who had passed the fence before it closed.
        for (int i = 0; i < 2; i++) {
            try (Connection fallenBack = dataSource.getConnection()) {
                connections.onConnectionCreate(fallenBack);
                assertThat(fallenBack.isClosed()).isTrue();
            }
        }
        assertThat(replica.fence.isOpen()).isFalse();
        assertThat(replica.fence.reason()).contains("fallen back");
    }

    @Test
    void what_only_one_replica_misses_it_misses_still_when_others_have_given_the_numbers_again() {
        replica.committed.seen(1, new CommittedJournal.Commit(11, 0));
        dataSource.inTransaction(() -> other.installation.nextJournal());
        dataSource.inTransaction(() -> other.installation.nextJournal());
        other.watch.check();
        assertThat(other.fence.isOpen()).isTrue();

        replica.watch.check();

        assertThat(replica.fence.isOpen()).isFalse();
        assertThat(replica.fence.reason()).contains("transaction 11 of epoch 1");
        other.watch.check();
        assertThat(other.fence.isOpen()).as("it is noted for all").isFalse();
        assertThat(other.fence.reason()).contains("set back");
    }

    @Test
    void after_a_failover_all_close_and_each_is_waited_for_until_it_has_compared_itself() {
        opened(replica);
        opened(other);

        failOver();
        replica.watch.check();
        other.watch.check();

        assertThat(replica.fence.isOpen()).isFalse();
        assertThat(other.fence.isOpen()).isFalse();
        assertThat(replica.watch.compare().byAll()).isFalse();
        assertThat(other.watch.compare().byAll()).isTrue();
        DatabaseWatch.Looked looked = replica.watch.compare();
        assertThat(looked.byAll()).isTrue();

        replica.watch.opensOn(looked.line());
        replica.fence.open();
        replica.watch.check();
        assertThat(replica.fence.isOpen()).isTrue();
        assertThat(other.watch.proofs()).hasSize(1);
    }

    @Test
    void a_replica_that_was_lost_with_the_server_is_forgotten_when_another_opens() {
        opened(replica);
        opened(other);
        failOver();
        DatabaseWatch.Looked looked = replica.watch.compare();
        assertThat(looked.byAll()).isFalse();

        replica.watch.opensOn(looked.line());

        assertThat(replica.watch.compare().byAll()).isTrue();
    }

    @Test
    void a_new_connection_to_another_server_is_cut_and_closes_the_fence() throws SQLException {
        opened(replica);
        NewConnections connections = new NewConnections(replica.committed, replica.fence);
        failOver();

        try (Connection elsewhere = dataSource.getConnection()) {
            connections.onConnectionCreate(elsewhere);
            assertThat(elsewhere.isClosed()).isTrue();
        }
        assertThat(replica.fence.isOpen()).isFalse();
        assertThat(replica.fence.reason()).isEqualTo(DatabaseWatch.FAILED_OVER);
    }

    /** As a server is after its promotion. */
    private void failOver() {
        asOwner("CREATE OR REPLACE FUNCTION database_line() RETURNS text LANGUAGE sql AS $$ SELECT '00000002' $$");
    }

    private static void opened(Replica replica) {
        replica.watch.opensOn(replica.watch.compare().line());
        replica.watch.check();
        assertThat(replica.committed.known().line()).isEqualTo("00000001");
    }

    private void asOwner(String sql) {
        try (Connection connection = embedded.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the other replica sees of this one. */
    private long beats() {
        return other.watch.proofs().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
    }

    private void update(String sql) {
        dataSource.inTransaction(() -> database.update(sql, Database.Binder.NOTHING));
    }
}
