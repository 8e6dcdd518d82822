package org.tierstock.runtime.inspect;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The comparison of every balance with the sum of its movements, key range by key range, each in one
 * snapshot (S113).
 *
 * @param rows how many balances were compared
 * @param snapshots in how many snapshots, one after the other
 * @param differences none in a sound book; at most {@link Audits#MAX_DIFFERENCES} are listed
 */
public record Audit(long rows, int snapshots, List<Difference> differences) {

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
