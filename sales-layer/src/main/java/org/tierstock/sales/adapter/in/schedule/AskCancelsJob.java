package org.tierstock.sales.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.work.WorkLoops;
import org.tierstock.sales.application.AskCancels;

/** Asks dispatch for open cancels: woken by a cancellation, and again for what had no answer or was not handed over yet. */
@ApplicationScoped
public class AskCancelsJob {
    private final WorkLoops loops;
    private final AskCancels askCancels;
    private final Duration every;
    private final int batch;

    @Inject
    public AskCancelsJob(
            WorkLoops loops,
            AskCancels askCancels,
            @ConfigProperty(name = "tierstock.cancels.every", defaultValue = "500ms") Duration every,
            @ConfigProperty(name = "tierstock.cancels.batch", defaultValue = "500") int batch) {
        this.loops = loops;
        this.askCancels = askCancels;
        this.every = every;
        this.batch = batch;
    }

    void start(@Observes StartupEvent event) {
        loops.start(AskCancels.WORK, every, partitions -> askCancels.ask(partitions, batch));
    }
}
