package org.tierstock.warehouse.domain;

import java.util.List;

/** The answer to a stocktake. */
public sealed interface CountOutcome {
    /**
     * Posted, now or before.
     *
     * @param newBatches batches that nobody knew before
     */
    record Counted(CountedStock stock, List<Batch> newBatches, boolean replayed) implements CountOutcome {
        public Counted {
            newBatches = List.copyOf(newBatches);
        }
    }

    /** Lines name what does not exist or cannot be. Nothing moved. */
    record Unacceptable(List<LineFault> faults) implements CountOutcome {
        public Unacceptable {
            faults = List.copyOf(faults);
        }
    }

    /** The number was used before with other content. */
    record DocumentReused() implements CountOutcome {}
}
