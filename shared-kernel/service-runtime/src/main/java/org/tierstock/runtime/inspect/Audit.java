package org.tierstock.runtime.inspect;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.tierstock.runtime.check.CheckRun;

/**
 * The comparison of every balance with the sum of its movements, key range by key range, each in one
 * snapshot (S113), and its result when it is DONE.
 *
 * @param number AU-epoch-n
 * @param warehouse the only one whose stock is compared; absent for all
 * @param sku the only one that is compared; absent for all
 * @param askedBy the subject of whoever began it
 * @param askedAt by the database's clock, UTC, like {@code finishedAt}
 * @param rows how many balances were compared, so far or in all
 * @param snapshots in how many snapshots, one after the other; absent while there is no result
 * @param differences none in a sound book; at most {@link Audits#MAX_DIFFERENCES} are listed; absent in lists and while there
 *     is no result
 * @param failure why it has FAILED
 */
public record Audit(
        String number,
        CheckRun.State state,
        String warehouse,
        String sku,
        String askedBy,
        Instant askedAt,
        Instant finishedAt,
        long rows,
        Integer snapshots,
        List<Difference> differences,
        String failure) {

    /**
     * A balance that its movements do not explain.
     *
     * @param key the stock row; "row" and its id when only the ledger knows it
     * @param balance whole units, as stored
     * @param ledger whole units, the sum of its movements
     */
    @Schema(name = "AuditDifference")
    public record Difference(String key, String bucket, long balance, long ledger) {}
}
