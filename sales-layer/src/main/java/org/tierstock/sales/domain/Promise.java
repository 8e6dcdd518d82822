package org.tierstock.sales.domain;

import static org.tierstock.sales.domain.SalesBucket.EXTERNAL;
import static org.tierstock.sales.domain.SalesBucket.HELD;
import static org.tierstock.sales.domain.SalesBucket.SELLABLE;

import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;

/**
 * What dispatch promises to a channel key, and takes back (S14), and what a person adjusts: the only ways in which stock enters
 * or is withdrawn.
 */
public final class Promise {
    private Promise() {}

    /** The stock that a grant raises. */
    public static StockKey keyOf(StockGranted grant) {
        return new StockKey(grant.key(), Pool.parse(grant.pool()));
    }

    /** EXTERNAL -> SELLABLE; for a presale HELD, since its goods wait for the lines that were sold ahead. */
    public static void grant(StockGranted grant, Book<StockKey, SalesBucket> book) {
        StockKey key = keyOf(grant);
        SalesBucket to = key.pool().kind() == Pool.Kind.PRESALE ? HELD : SELLABLE;
        DocumentLine because = new DocumentLine(DocumentKind.STOCK_GRANT, grant.grant(), 0);
        book.post(Movement.within(Action.INCREASE, key, EXTERNAL, to, grant.quantity(), because), grant);
    }

    /**
     * Gives back at most what is SELLABLE, never what is locked or paid: SELLABLE -> EXTERNAL.
     *
     * @return the answer to dispatch, which carries the movement; also when nothing could be taken
     */
    public static RevocationSettled revoke(StockRevoked revocation, Book<StockKey, SalesBucket> book) {
        StockKey key = StockKey.regular(revocation.key());
        long taken = Math.min(revocation.quantity(), book.balance(key, SELLABLE));
        RevocationSettled settled = new RevocationSettled(revocation.revocation(), revocation.key(), taken);
        settle(settled, book);
        return settled;
    }

    /**
     * Brings the regular stock of a key to what dispatch has promised it, by a person's decision (S123, 对账调整单).
     *
     * @param quantity whole units that are missing here, or too many when negative
     * @return false, and nothing has moved, when less is SELLABLE than is too many: what is locked or paid is nobody's to take
     */
    public static boolean adjust(ChannelKey promised, long quantity, String number, Book<StockKey, SalesBucket> book) {
        StockKey key = StockKey.regular(promised);
        DocumentLine because = new DocumentLine(DocumentKind.RECONCILIATION_ADJUSTMENT, number, 0);
        if (quantity > 0) {
            book.post(Movement.within(Action.ADJUST, key, EXTERNAL, SELLABLE, quantity, because));
            return true;
        }
        if (book.balance(key, SELLABLE) < -quantity) {
            return false;
        }
        book.post(Movement.within(Action.ADJUST, key, SELLABLE, EXTERNAL, -quantity, because));
        return true;
    }

    /** Gives back what the answer to dispatch says. */
    public static void settle(RevocationSettled settled, Book<StockKey, SalesBucket> book) {
        if (settled.taken() > 0) {
            StockKey key = StockKey.regular(settled.key());
            DocumentLine because = new DocumentLine(DocumentKind.STOCK_REVOCATION, settled.revocation(), 0);
            book.post(Movement.within(Action.DEDUCT, key, SELLABLE, EXTERNAL, settled.taken(), because), settled);
        }
    }
}
