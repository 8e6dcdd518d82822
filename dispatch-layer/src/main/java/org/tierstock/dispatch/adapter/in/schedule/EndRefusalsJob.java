package org.tierstock.dispatch.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.application.EndRefusals;
import org.tierstock.dispatch.application.Work;
import org.tierstock.dispatch.application.port.Refusals.KeptBack;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.WorkLoops;

/** Frees what warehouses refused, once the reason has been applied. */
@ApplicationScoped
public class EndRefusalsJob {
    private final WorkLoops loops;
    private final EachInTurn eachInTurn;
    private final EndRefusals endRefusals;
    private final int batch;
    private final Duration every;

    /**
     * Takes its bounds.
     *
     * @param batch refusals a transaction
     * @param every how long it waits when nobody wakes it
     */
    @Inject
    public EndRefusalsJob(
            WorkLoops loops,
            EachInTurn eachInTurn,
            EndRefusals endRefusals,
            @ConfigProperty(name = "tierstock.refusals.batch", defaultValue = "256") int batch,
            @ConfigProperty(name = "tierstock.refusals.every", defaultValue = "1s") Duration every) {
        this.loops = loops;
        this.eachInTurn = eachInTurn;
        this.endRefusals = endRefusals;
        this.batch = batch;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        loops.start(
                Work.END_REFUSALS,
                every,
                partitions -> eachInTurn.run(
                        Work.END_REFUSALS,
                        batch,
                        limit -> endRefusals.due(partitions, limit),
                        KeptBack::outbound,
                        endRefusals::end));
    }
}
