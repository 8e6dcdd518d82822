package org.tierstock.dispatch.domain;

import java.util.Comparator;
import java.util.List;
import org.tierstock.movements.Action;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;

/**
 * What sales gave back of a revocation leaves the account (protocol 4): from nodes with a deficit first, then from the node
 * aimed at, then from any. Which node does not matter to sales, so a settlement always finds enough.
 */
public final class Settlement {
    private Settlement() {}

    /** Takes the settled quantity out of the key's backing. */
    public static void settle(StockOfSku goods, Revocation revocation, RevocationSettled settled) {
        Reason reason = new Reason(Action.ALLOT, revocation.document(), settled);
        long left = settled.taken();
        List<NodeKey> order = goods.backers(revocation.key()).stream()
                .sorted(Comparator.comparing((NodeKey node) -> goods.deficit(node) == 0)
                        .thenComparing(node -> !node.node().equals(revocation.node())))
                .toList();
        for (NodeKey node : order) {
            long units = Math.min(left, goods.allotted(node, revocation.key()));
            goods.giveUp(node, revocation.key(), units, reason);
            left -= units;
        }
        if (left > 0) {
            throw new IllegalStateException("Sales gave back " + settled.taken() + " units of " + revocation.key()
                    + ", more than its account holds");
        }
    }
}
