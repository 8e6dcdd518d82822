package org.tierstock.dispatch.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.application.PlaceFreeStock;
import org.tierstock.dispatch.application.Work;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.WorkLoops;

/** Places free stock: on short lines, as backing, as new promises. */
@ApplicationScoped
public class PlaceFreeStockJob {
    private final WorkLoops loops;
    private final EachInTurn eachInTurn;
    private final PlaceFreeStock placeFreeStock;
    private final int batch;
    private final int mostLines;
    private final Duration every;

    /**
     * Takes its bounds.
     *
     * @param batch SKUs a transaction
     * @param mostLines short lines of a SKU that a transaction covers
     * @param every how long it waits when nobody wakes it
     */
    @Inject
    public PlaceFreeStockJob(
            WorkLoops loops,
            EachInTurn eachInTurn,
            PlaceFreeStock placeFreeStock,
            @ConfigProperty(name = "tierstock.place.batch", defaultValue = "100") int batch,
            @ConfigProperty(name = "tierstock.place.lines", defaultValue = "500") int mostLines,
            @ConfigProperty(name = "tierstock.place.every", defaultValue = "1s") Duration every) {
        this.loops = loops;
        this.eachInTurn = eachInTurn;
        this.placeFreeStock = placeFreeStock;
        this.batch = batch;
        this.mostLines = mostLines;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        loops.start(
                Work.PLACE_FREE_STOCK,
                every,
                partitions -> eachInTurn.run(
                        Work.PLACE_FREE_STOCK,
                        batch,
                        limit -> placeFreeStock.due(partitions, limit),
                        Sku::code,
                        skus -> placeFreeStock.place(skus, mostLines)));
    }
}
