package org.tierstock.dispatch.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.application.RecallPromises;
import org.tierstock.dispatch.application.Work;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.WorkLoops;

/** Asks promises back whose goods are missing, again and again until they are there. */
@ApplicationScoped
public class RecallPromisesJob {
    private final WorkLoops loops;
    private final EachInTurn eachInTurn;
    private final RecallPromises recallPromises;
    private final int batch;
    private final int mostLines;
    private final int retrySeconds;
    private final Duration every;

    /**
     * Takes its bounds.
     *
     * @param batch SKUs a transaction
     * @param mostLines short lines of a SKU that a transaction asks promises back for
     * @param retrySeconds how long what could not be finished is left alone
     * @param every how long it waits when nobody wakes it
     */
    @Inject
    public RecallPromisesJob(
            WorkLoops loops,
            EachInTurn eachInTurn,
            RecallPromises recallPromises,
            @ConfigProperty(name = "tierstock.recall.batch", defaultValue = "100") int batch,
            @ConfigProperty(name = "tierstock.recall.lines", defaultValue = "500") int mostLines,
            @ConfigProperty(name = "tierstock.recall.retry-seconds", defaultValue = "3") int retrySeconds,
            @ConfigProperty(name = "tierstock.recall.every", defaultValue = "1s") Duration every) {
        this.loops = loops;
        this.eachInTurn = eachInTurn;
        this.recallPromises = recallPromises;
        this.batch = batch;
        this.mostLines = mostLines;
        this.retrySeconds = retrySeconds;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        loops.start(
                Work.RECALL_PROMISES,
                every,
                partitions -> eachInTurn.run(
                        Work.RECALL_PROMISES,
                        batch,
                        limit -> recallPromises.due(partitions, limit),
                        Sku::code,
                        skus -> recallPromises.recall(skus, mostLines, retrySeconds)));
    }
}
