package org.tierstock.integration.simulation;

import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.Payments;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.fake.InMemoryCancellations;
import org.tierstock.sales.fake.InMemoryChannels;
import org.tierstock.sales.fake.InMemoryOrders;
import org.tierstock.sales.fake.InMemoryPayments;
import org.tierstock.sales.fake.InMemoryPlacements;
import org.tierstock.sales.fake.InMemoryStockRows;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.InMemoryInbox;
import org.tierstock.testing.InMemoryOutbox;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.testing.InMemoryWorkSignals;
import org.tierstock.testing.SettableClock;

/**
 * What the sales layer's use cases stand on, in memory. The fields are the truth that equations are checked on; the methods
 * are what use cases are given, and what a planted fault overrides.
 */
class SalesPorts {
    final InMemoryTransactions transactions = new InMemoryTransactions();
    final SettableClock clock = new SettableClock(SalesLayer.START);
    final InMemoryWorkSignals signals = new InMemoryWorkSignals(transactions);
    final InMemoryOutbox outbox = new InMemoryOutbox(transactions, signals);
    final InMemoryInbox inbox = new InMemoryInbox(transactions);
    final InMemoryOrders orders = new InMemoryOrders(transactions, clock);
    final InMemoryStockRows stock = new InMemoryStockRows(transactions, orders, clock);
    final InMemoryPlacements placements = new InMemoryPlacements(stock, orders);
    final InMemoryPayments payments = new InMemoryPayments(transactions);
    final InMemoryCancellations cancellations = new InMemoryCancellations(transactions, orders);
    final InMemoryChannels channels = new InMemoryChannels(
            channel("web", "WEB", DeductionMode.ORDER_TIME),
            channel("app", "WEB", DeductionMode.PRE_HOLD),
            channel("shop", "SHOP", DeductionMode.PAYMENT_TIME));
    final Process process;

    SalesPorts(Fate fate) {
        process = new Process("sales", transactions, fate);
    }

    private static Channel channel(String code, String stockSource, DeductionMode mode) {
        return new Channel(code, code, stockSource, mode, 4, Goods.EXPRESS, Goods.NORTH);
    }

    StockRows stockRows() {
        return stock;
    }

    Orders orders() {
        return orders;
    }

    Placements placements() {
        return placements;
    }

    Payments payments() {
        return payments;
    }

    Cancellations cancellations() {
        return cancellations;
    }

    Inbox inbox() {
        return inbox;
    }

    Watermarks watermarks() {
        return inbox;
    }

    Outbox outbox() {
        return outbox;
    }
}
