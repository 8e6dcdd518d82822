package org.tierstock.movements.protocol;

import java.util.List;
import org.tierstock.movements.ChannelKey;

/** Dispatch to sales. */
public sealed interface ToSales extends Message {
    /** The channel key that the message is about. */
    ChannelKey key();

    @Override
    default String stream() {
        return Streams.DISPATCH_TO_SALES;
    }

    @Override
    default int partition() {
        return key().sku().partition();
    }

    @Override
    default String subject() {
        return key().text();
    }

    /**
     * Dispatch has promised stock (S14): EXTERNAL -> SELLABLE.
     *
     * @param pool REGULAR, or PRESALE(id) from part 3 on
     * @param quantity whole units, at least 1
     */
    record StockGranted(String grant, ChannelKey key, String pool, long quantity) implements ToSales {
        @Override
        public String businessKey() {
            return grant;
        }

        @Override
        public List<Effect> effects() {
            return List.of(new Effect(key.text(), quantity));
        }
    }

    /**
     * Dispatch asks for promised stock back. Sales gives at most what is SELLABLE and answers with
     * {@link ToDispatch.RevocationSettled}.
     *
     * @param quantity whole units, at least 1
     */
    record StockRevoked(String revocation, ChannelKey key, long quantity) implements ToSales {
        @Override
        public String businessKey() {
            return revocation;
        }

        @Override
        public List<Effect> effects() {
            return List.of();
        }
    }

    /** Why a sale was reversed. */
    enum Cause {
        CANCEL,
        RETURN,
        SHORTAGE
    }

    /**
     * A paid quantity comes back. SOLD -> SELLABLE for what was regranted, SOLD -> EXTERNAL for the rest.
     *
     * @param order the sales layer's order number
     * @param quantity whole units of the line that are reversed; may be 0 when only {@code refused} is told
     * @param regranted how many of them may be sold again, 0 to quantity
     * @param cancel the sales layer's cancel id; null when the cause is not a cancel
     * @param refused units of the cancel that can no longer be cancelled
     */
    record SaleReversed(
            String reversal,
            String order,
            int orderLine,
            ChannelKey key,
            long quantity,
            long regranted,
            Cause cause,
            String cancel,
            long refused)
            implements ToSales {
        @Override
        public String businessKey() {
            return reversal;
        }

        @Override
        public List<Effect> effects() {
            return regranted == 0 ? List.of() : List.of(new Effect(key.text(), regranted));
        }
    }
}
