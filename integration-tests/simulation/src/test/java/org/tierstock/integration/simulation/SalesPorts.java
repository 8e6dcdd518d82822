package org.tierstock.integration.simulation;

import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.fake.InMemoryAdapters;
import org.tierstock.testing.Transactions;

/** What the sales layer's use cases stand on, with its channels, in a process that may die. */
class SalesPorts extends InMemoryAdapters {
    final Process process;

    SalesPorts(Fate fate) {
        super(
                channel("web", "WEB", DeductionMode.ORDER_TIME),
                channel("app", "WEB", DeductionMode.PRE_HOLD),
                channel("shop", "SHOP", DeductionMode.PAYMENT_TIME));
        process = new Process("sales", transactions, fate);
    }

    private static Channel channel(String code, String stockSource, DeductionMode mode) {
        return new Channel(code, code, stockSource, mode, 4, Goods.EXPRESS, Goods.NORTH);
    }

    @Override
    public Transactions transactions() {
        return process;
    }
}
