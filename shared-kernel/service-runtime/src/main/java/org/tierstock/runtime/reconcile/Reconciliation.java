package org.tierstock.runtime.reconcile;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.tierstock.runtime.check.CheckRun;

/**
 * A reconciliation, and its result when it is DONE.
 *
 * @param number RC-epoch-n
 * @param peer the layer on the other side
 * @param warehouse the only one that is compared; absent for all
 * @param sku the only one that is compared; absent for all
 * @param askedBy the subject of whoever began it; empty when the timer did
 * @param askedAt by the database's clock, UTC, like {@code finishedAt}
 * @param keys how many keys were compared, so far or in all
 * @param differenceCount how many of them differ; absent while there is no result
 * @param differences at most {@link ReconciliationRows#MAX_DIFFERENCES}; absent in lists and while there is no result
 * @param failure why it has FAILED
 */
public record Reconciliation(
        String number,
        CheckRun.State state,
        String peer,
        String warehouse,
        String sku,
        String askedBy,
        Instant askedAt,
        Instant finishedAt,
        long keys,
        Long differenceCount,
        List<Difference> differences,
        String failure) {

    /**
     * A key of which the two layers hold different quantities at the same cut.
     *
     * @param scope what was compared: a warehouse, or empty
     * @param here whole units at this layer
     * @param there whole units at the other layer
     * @param documents what was given up here, then what had changed this layer's position last, each newest first, at most
     *     {@link DocumentsAround#PER_KEY}; of the first {@link DocumentsAround#MOST_KEYS} keys, as it was when they were compared
     */
    @Schema(name = "ReconciliationDifference")
    public record Difference(String scope, String key, long here, long there, List<Document> documents) {}

    /**
     * A message between the two layers that changed the position, or would have.
     *
     * @param number the business key: what the document is known by in both layers
     * @param at when this layer sent, applied or gave it up, UTC
     * @param givenUp whether a person has closed it here as a parked message: the other layer has its effect, this one not
     */
    @Schema(name = "ReconciliationDocument")
    public record Document(
            String type, String number, String stream, int partition, long sequence, Instant at, boolean givenUp) {}
}
