package org.tierstock.dispatch.fake;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tierstock.dispatch.application.AdjustStock;
import org.tierstock.dispatch.application.AlignPromises;
import org.tierstock.dispatch.application.ApplySettlements;
import org.tierstock.dispatch.application.ApplyWarehouseReports;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.application.CloseShortages;
import org.tierstock.dispatch.application.DefineRules;
import org.tierstock.dispatch.application.EndRefusals;
import org.tierstock.dispatch.application.GrantStock;
import org.tierstock.dispatch.application.LockAtWarehouses;
import org.tierstock.dispatch.application.PlaceFreeStock;
import org.tierstock.dispatch.application.PostMovements;
import org.tierstock.dispatch.application.RecallPromises;
import org.tierstock.dispatch.application.RecordLocks;
import org.tierstock.dispatch.application.RecordReleases;
import org.tierstock.dispatch.application.ReleaseAtWarehouses;
import org.tierstock.dispatch.application.RequestReleases;
import org.tierstock.dispatch.application.RevokeStock;
import org.tierstock.dispatch.application.SourceOrders;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.movements.Partitions;

/** The use cases of the dispatch layer on given adapters. Those that are transactional are run inside a transaction. */
public final class DispatchLayer {
    public static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toUnmodifiableSet());

    public final Adapters adapters;
    public final SourceOrders sourceOrders;
    public final ApplyWarehouseReports applyWarehouseReports;
    public final ApplySettlements applySettlements;
    public final AdjustStock adjustStock;
    public final CancelLines cancelLines;
    public final CloseShortages closeShortages;
    public final PlaceFreeStock placeFreeStock;
    public final RecallPromises recallPromises;
    public final AlignPromises alignPromises;
    public final EndRefusals endRefusals;
    public final GrantStock grantStock;
    public final RevokeStock revokeStock;
    public final DefineRules defineRules;

    private final RecordLocks recordLocks;
    private final RequestReleases requestReleases;
    private final RecordReleases recordReleases;

    public DispatchLayer(Adapters adapters) {
        this.adapters = adapters;
        var stockRows = adapters.stockRows();
        var lines = adapters.lines();
        var outbounds = adapters.outbounds();
        var revocations = adapters.revocations();
        var ruleBook = adapters.ruleBook();
        var inbox = adapters.inbox();
        var numbers = adapters.documentNumbers();
        var signals = adapters.signals();
        var movements = new PostMovements(stockRows, lines, outbounds, numbers, adapters.outbox(), signals);
        sourceOrders = new SourceOrders(ruleBook, stockRows, inbox, lines, numbers, movements);
        applyWarehouseReports = new ApplyWarehouseReports(stockRows, inbox, outbounds, lines, movements, signals);
        applySettlements = new ApplySettlements(stockRows, inbox, revocations, movements);
        adjustStock = new AdjustStock(stockRows, movements);
        cancelLines = new CancelLines(lines, stockRows, movements);
        closeShortages = new CloseShortages(lines, stockRows, movements);
        placeFreeStock = new PlaceFreeStock(ruleBook, stockRows, lines, numbers, movements);
        recallPromises = new RecallPromises(ruleBook, stockRows, lines, revocations, numbers, movements);
        alignPromises = new AlignPromises(ruleBook, stockRows, revocations, adapters.handGrants(), numbers, movements);
        endRefusals = new EndRefusals(adapters.refusals(), adapters.watermarks(), stockRows, movements);
        grantStock = new GrantStock(ruleBook, stockRows, adapters.handGrants(), lines, numbers, movements);
        revokeStock = new RevokeStock(stockRows, revocations, numbers, movements);
        defineRules = new DefineRules(ruleBook, signals);
        // Called by use cases that have no transaction of their own: these begin one, as their proxies do in the
        // container.
        recordLocks = new RecordLocks(stockRows, outbounds, lines, adapters.watermarks(), movements) {
            @Override
            public void record(List<Lock> locks) {
                adapters.transactions().inTransaction(() -> super.record(locks));
            }
        };
        requestReleases = new RequestReleases(lines, stockRows, outbounds, numbers) {
            @Override
            public boolean request(Set<Integer> partitions, int limit) {
                return adapters.transactions().inTransaction(() -> super.request(partitions, limit));
            }
        };
        recordReleases = new RecordReleases(ruleBook, stockRows, outbounds, lines, movements) {
            @Override
            public void record(List<Release> releases) {
                adapters.transactions().inTransaction(() -> super.record(releases));
            }
        };
    }

    /** The dispatch layer on fakes. */
    public static DispatchLayer inMemory() {
        return new DispatchLayer(new InMemoryAdapters());
    }

    /** One round of the lock job against these warehouses. */
    public boolean lockAt(WarehouseLocks warehouses, int limit) {
        return new LockAtWarehouses(adapters.outbounds(), warehouses, recordLocks)
                .run(ALL_PARTITIONS, limit, adapters.retrySeconds());
    }

    /** One round of the cancel job against these warehouses. */
    public boolean releaseAt(WarehouseLocks warehouses, int limit) {
        return new ReleaseAtWarehouses(requestReleases, adapters.outbounds(), warehouses, recordReleases)
                .run(ALL_PARTITIONS, limit, adapters.retrySeconds());
    }
}
