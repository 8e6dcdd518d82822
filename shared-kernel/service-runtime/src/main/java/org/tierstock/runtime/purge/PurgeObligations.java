package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.obligations.Obligation;
import org.tierstock.runtime.obligations.Obligations;

/**
 * The next purge is owed since the last one ended that left nothing out, or since the installation's beginning when there was
 * none. The replicas share the partitions, so the one that was purged the longest ago tells, whoever had it.
 */
@ApplicationScoped
public class PurgeObligations implements Obligations {
    private static final String LAST = """
            SELECT min(coalesce(d.done_at, i.installed_at)) AS since
            FROM generate_series(0, %d) AS p (partition)
            CROSS JOIN installation i
            LEFT JOIN purge_done d USING (partition)
            """.formatted(Partitions.COUNT - 1);

    private final String every;

    /** @param every how often the layer purges; nothing is owed where it is {@code off} */
    @Inject
    public PurgeObligations(@ConfigProperty(name = "tierstock.purge.every") String every) {
        this.every = every;
    }

    /** For the container's proxy. */
    protected PurgeObligations() {
        this(PurgeJob.NEVER);
    }

    @Override
    public List<Obligation> kinds() {
        return every.equals(PurgeJob.NEVER) ? List.of() : List.of(new Obligation("LAST_PURGE", LAST));
    }
}
