package org.tierstock.warehouse.domain;

import java.util.List;

/** The answer to a receipt. */
public sealed interface ReceiveOutcome {
    /**
     * Posted, now or before.
     *
     * @param newBatches batches that came with it for the first time
     */
    record Received(ReceivedGoods goods, List<Batch> newBatches, boolean replayed) implements ReceiveOutcome {
        public Received {
            newBatches = List.copyOf(newBatches);
        }
    }

    /** Lines name what does not exist or cannot be. Nothing moved. */
    record Unacceptable(List<LineFault> faults) implements ReceiveOutcome {
        public Unacceptable {
            faults = List.copyOf(faults);
        }
    }

    /** The number was used before with other content. */
    record DocumentReused() implements ReceiveOutcome {}
}
