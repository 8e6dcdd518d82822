package org.tierstock.dispatch.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.application.AlignPromises;
import org.tierstock.dispatch.application.Work;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.WorkLoops;

/** Brings promises in line with changed rules. */
@ApplicationScoped
public class AlignPromisesJob {
    private final WorkLoops loops;
    private final EachInTurn eachInTurn;
    private final AlignPromises alignPromises;
    private final int batch;
    private final int retrySeconds;
    private final Duration every;

    /**
     * Takes its bounds.
     *
     * @param batch SKUs a transaction
     * @param retrySeconds how long what could not be finished is left alone
     * @param every how long it waits when nobody wakes it
     */
    @Inject
    public AlignPromisesJob(
            WorkLoops loops,
            EachInTurn eachInTurn,
            AlignPromises alignPromises,
            @ConfigProperty(name = "tierstock.align.batch", defaultValue = "100") int batch,
            @ConfigProperty(name = "tierstock.align.retry-seconds", defaultValue = "3") int retrySeconds,
            @ConfigProperty(name = "tierstock.align.every", defaultValue = "1s") Duration every) {
        this.loops = loops;
        this.eachInTurn = eachInTurn;
        this.alignPromises = alignPromises;
        this.batch = batch;
        this.retrySeconds = retrySeconds;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        loops.start(
                Work.ALIGN_PROMISES,
                every,
                partitions -> eachInTurn.run(
                        Work.ALIGN_PROMISES,
                        batch,
                        limit -> alignPromises.due(partitions, limit),
                        Sku::code,
                        skus -> alignPromises.align(skus, retrySeconds)));
    }
}
