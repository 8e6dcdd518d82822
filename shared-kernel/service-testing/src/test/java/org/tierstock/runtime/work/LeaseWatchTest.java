package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;

class LeaseWatchTest {
    private final Database database =
            new Database(EmbeddedDatabase.migrated("classpath:db/runtime").dataSource());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LeaseWatch watch = new LeaseWatch(database, Set.of("done", "forsaken"), meters);

    @Test
    void partitions_that_no_replica_holds_a_lease_of_are_shown_by_their_work() {
        new Leases(database, database).claim("done", null);
        watch.look();
        assertThat(unleased("done")).isZero();
        assertThat(unleased("forsaken")).isEqualTo(Partitions.COUNT);

        new Leases(database, database).claim("forsaken", null);
        database.update(
                "UPDATE lease SET until = now() - interval '1 second' WHERE name = 'done' AND partition < 3",
                Database.Binder.NOTHING);
        watch.look();
        assertThat(unleased("done")).isEqualTo(3);
        assertThat(unleased("forsaken")).isZero();
    }

    private double unleased(String work) {
        return meters.get("tierstock.work.unleased").tag("work", work).gauge().value();
    }
}
