package org.tierstock.runtime.reconcile;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The result of one reconciliation.
 *
 * @param number RC-epoch-n
 * @param peer the layer on the other side
 * @param finishedAt by the database's clock, UTC
 * @param keys how many keys were compared
 * @param differenceCount how many of them differ
 * @param differences at most {@link ReconciliationRows#MAX_DIFFERENCES}; absent in lists
 */
public record Reconciliation(
        String number, String peer, Instant finishedAt, long keys, long differenceCount, List<Difference> differences) {

    /**
     * A key of which the two layers hold different quantities at the same cut.
     *
     * @param scope what was compared: a warehouse, or empty
     * @param here whole units at this layer
     * @param there whole units at the other layer
     * @param documents what was given up here, then what changed this layer's position last, each newest first, at most
     *     {@link DocumentsAround#PER_KEY}
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
