package org.tierstock.sales.adapter.out.postgres;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.clock.PostgresDatabaseClock;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.PostgresInbox;
import org.tierstock.runtime.exchange.PostgresOutbox;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.DueOrders;
import org.tierstock.sales.application.port.LostDocuments;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.Payments;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.fake.Adapters;
import org.tierstock.testing.TransactionalDataSource;
import org.tierstock.testing.Transactions;

/** The sales layer's ports on a database of its own. */
record PostgresAdapters(
        Transactions transactions,
        Database database,
        StockRows stockRows,
        Orders orders,
        DueOrders dueOrders,
        Placements placements,
        Payments payments,
        Cancellations cancellations,
        LostDocuments lostDocuments,
        Inbox inbox,
        Outbox outbox)
        implements Adapters {
    /**
     * The adapters of a database.
     *
     * @param stockKeys how many stock keys are remembered
     */
    static PostgresAdapters of(TransactionalDataSource dataSource, long stockKeys) {
        Database database = new Database(dataSource);
        Installation installation = new Installation(database);
        StockKeys keys = new StockKeys(database, new KnownKeys(stockKeys));
        OrderIds ids = new OrderIds(database);
        PostgresOrders orders = new PostgresOrders(database, keys, ids);
        PostgresStockRows stockRows =
                new PostgresStockRows(database, new PostgresDatabaseClock(database), new Ledger(database), keys);
        return new PostgresAdapters(
                dataSource,
                database,
                stockRows,
                orders,
                orders,
                new PostgresPlacements(database, keys, stockRows, orders),
                new PostgresPayments(database),
                new PostgresCancellations(database, installation),
                new PostgresLostDocuments(database, keys, ids),
                new PostgresInbox(database, new SimpleMeterRegistry()),
                new PostgresOutbox(database, installation, work -> {}));
    }

    @Override
    public void acknowledge(HandOver... handOvers) {
        database.update("""
                INSERT INTO stream_carried (stream, partition, carrier, sequence)
                SELECT stream, partition, ?, sequence FROM stream_head WHERE stream = ?
                ON CONFLICT (stream, partition, carrier) DO UPDATE SET sequence = excluded.sequence
                """, p -> p.text(1, Carrier.CALL).text(2, Streams.SALES_TO_DISPATCH));
    }
}
