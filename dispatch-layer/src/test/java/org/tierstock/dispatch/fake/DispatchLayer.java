package org.tierstock.dispatch.application;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tierstock.dispatch.application.port.InMemoryDispatchLines;
import org.tierstock.dispatch.application.port.InMemoryHandGrants;
import org.tierstock.dispatch.application.port.InMemoryOutbounds;
import org.tierstock.dispatch.application.port.InMemoryRefusals;
import org.tierstock.dispatch.application.port.InMemoryRevocations;
import org.tierstock.dispatch.application.port.InMemoryRuleBook;
import org.tierstock.dispatch.application.port.InMemoryStockRows;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.movements.Partitions;
import org.tierstock.testing.InMemoryDocumentNumbers;
import org.tierstock.testing.InMemoryInbox;
import org.tierstock.testing.InMemoryOutbox;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.testing.InMemoryWorkSignals;
import org.tierstock.testing.SettableClock;

/** The whole dispatch layer on fakes. Its use cases are run inside {@link #transactions}. */
public final class InMemoryDispatch {
    public static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toUnmodifiableSet());

    public final InMemoryTransactions transactions = new InMemoryTransactions();
    public final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    public final InMemoryWorkSignals signals = new InMemoryWorkSignals(transactions);
    public final InMemoryOutbox outbox = new InMemoryOutbox(transactions, signals);
    public final InMemoryInbox inbox = new InMemoryInbox(transactions);
    public final InMemoryDocumentNumbers documentNumbers = new InMemoryDocumentNumbers();
    public final InMemoryStockRows stockRows = new InMemoryStockRows(transactions, clock);
    public final InMemoryOutbounds outbounds = new InMemoryOutbounds(transactions, clock);
    public final InMemoryDispatchLines lines = new InMemoryDispatchLines(transactions, outbounds);
    public final InMemoryRevocations revocations = new InMemoryRevocations(transactions);
    public final InMemoryRefusals refusals = new InMemoryRefusals(stockRows, outbounds);
    public final InMemoryHandGrants handGrants = new InMemoryHandGrants(transactions);
    public final InMemoryRuleBook ruleBook = new InMemoryRuleBook(transactions);

    private final PostMovements movements =
            new PostMovements(stockRows, lines, outbounds, documentNumbers, outbox, signals);

    public final SourceOrders sourceOrders =
            new SourceOrders(ruleBook, stockRows, inbox, lines, documentNumbers, movements);
    public final ApplyWarehouseReports applyWarehouseReports =
            new ApplyWarehouseReports(stockRows, inbox, outbounds, lines, movements, signals);
    public final ApplySettlements applySettlements = new ApplySettlements(stockRows, inbox, revocations, movements);
    public final CancelLines cancelLines = new CancelLines(lines, stockRows, movements);
    public final CloseShortages closeShortages = new CloseShortages(lines, stockRows, movements);
    public final PlaceFreeStock placeFreeStock =
            new PlaceFreeStock(ruleBook, stockRows, lines, documentNumbers, movements);
    public final RecallForDeficits recallForDeficits =
            new RecallForDeficits(ruleBook, stockRows, revocations, documentNumbers, movements);
    public final AlignPromises alignPromises =
            new AlignPromises(ruleBook, stockRows, revocations, handGrants, documentNumbers, movements);
    public final EndRefusals endRefusals = new EndRefusals(refusals, inbox, stockRows, movements);
    public final GrantStock grantStock =
            new GrantStock(ruleBook, stockRows, handGrants, lines, documentNumbers, movements);
    public final RevokeStock revokeStock = new RevokeStock(stockRows, revocations, documentNumbers, movements);
    public final DefineRules defineRules = new DefineRules(ruleBook, signals);

    // Called by use cases that have no transaction of their own: these begin one, as their proxies do in the container.
    public final RecordLocks recordLocks = new RecordLocks(stockRows, outbounds, lines, inbox, movements) {
        @Override
        public void record(List<Lock> locks) {
            transactions.inTransaction(() -> super.record(locks));
        }
    };
    public final RequestReleases requestReleases = new RequestReleases(lines, stockRows, outbounds, documentNumbers) {
        @Override
        public boolean request(Set<Integer> partitions, int limit) {
            return transactions.inTransaction(() -> super.request(partitions, limit));
        }
    };
    public final RecordReleases recordReleases = new RecordReleases(ruleBook, stockRows, outbounds, lines, movements) {
        @Override
        public void record(List<Release> releases) {
            transactions.inTransaction(() -> super.record(releases));
        }
    };

    /** One round of the lock job against these warehouses. */
    public boolean lockAt(WarehouseLocks warehouses, int limit) {
        return new LockAtWarehouses(outbounds, warehouses, recordLocks).run(ALL_PARTITIONS, limit, 1);
    }

    /** One round of the cancel job against these warehouses. */
    public boolean releaseAt(WarehouseLocks warehouses, int limit) {
        return new ReleaseAtWarehouses(requestReleases, outbounds, warehouses, recordReleases)
                .run(ALL_PARTITIONS, limit, 1);
    }
}
