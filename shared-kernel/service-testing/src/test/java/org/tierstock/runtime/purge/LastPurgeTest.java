package org.tierstock.runtime.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.obligations.ObligationWatch;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;

/** When the layer was last purged is in its database: neither a restart nor another replica makes it look younger. */
class LastPurgeTest {
    private static final double HOUR = 3_600;

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final Database database = new Database(embedded.dataSource());
    private final Purge purge = new Purge(database, 1_000, Duration.ofDays(7));

    /** A replica with meters of its own, which has just started. */
    private final class Replica {
        private final MeterRegistry meters = new SimpleMeterRegistry();
        private final ObligationWatch watch =
                new ObligationWatch(new Database(embedded.dataSource()), List.of(new PurgeObligations("5m")), meters);

        double lastPurge() {
            watch.look();
            return meters.get("tierstock.obligation.oldest")
                    .tag("kind", "LAST_PURGE")
                    .timeGauge()
                    .value(TimeUnit.SECONDS);
        }
    }

    @Test
    void a_replica_that_starts_shows_the_age_of_the_last_purge_and_not_of_its_start() {
        purge.done(partitions(0, Partitions.COUNT));
        earlier("purge_done SET done_at = done_at");

        assertThat(new Replica().lastPurge()).isBetween(HOUR - 1, HOUR + 600);
    }

    @Test
    void before_the_first_purge_it_is_owed_since_the_installations_beginning() {
        earlier("installation SET installed_at = installed_at");
        purge.done(partitions(0, Partitions.COUNT - 1));

        assertThat(new Replica().lastPurge()).isBetween(HOUR - 1, HOUR + 600);
    }

    @Test
    void what_one_replica_has_purged_shows_at_every_other_and_what_none_has_at_all_of_them() {
        earlier("installation SET installed_at = installed_at");
        Replica one = new Replica();
        Replica other = new Replica();

        purge.done(partitions(0, Partitions.COUNT / 2));
        assertThat(one.lastPurge()).isGreaterThanOrEqualTo(HOUR - 1);
        assertThat(other.lastPurge()).isGreaterThanOrEqualTo(HOUR - 1);

        purge.done(partitions(Partitions.COUNT / 2, Partitions.COUNT));
        assertThat(one.lastPurge()).isLessThan(600);
        assertThat(other.lastPurge()).isLessThan(600);
    }

    private static Set<Integer> partitions(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toSet());
    }

    private void earlier(String set) {
        database.update("UPDATE " + set + " - interval '1 hour'", Database.Binder.NOTHING);
    }
}
