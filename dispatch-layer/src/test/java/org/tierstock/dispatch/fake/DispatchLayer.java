package org.tierstock.dispatch.fake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tierstock.dispatch.application.AdjustStock;
import org.tierstock.dispatch.application.AlignPromises;
import org.tierstock.dispatch.application.ApplySettlements;
import org.tierstock.dispatch.application.ApplyWarehouseReports;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.application.CloseOutbounds;
import org.tierstock.dispatch.application.CloseShortages;
import org.tierstock.dispatch.application.DefineRules;
import org.tierstock.dispatch.application.EndRefusals;
import org.tierstock.dispatch.application.GrantStock;
import org.tierstock.dispatch.application.LockAtWarehouses;
import org.tierstock.dispatch.application.PlaceFreeStock;
import org.tierstock.dispatch.application.PostMovements;
import org.tierstock.dispatch.application.RecallPromises;
import org.tierstock.dispatch.application.RecordGivenUp;
import org.tierstock.dispatch.application.RecordLocks;
import org.tierstock.dispatch.application.RecordReleases;
import org.tierstock.dispatch.application.ReleaseAtWarehouses;
import org.tierstock.dispatch.application.RequestReleases;
import org.tierstock.dispatch.application.RevokeStock;
import org.tierstock.dispatch.application.SourceOrders;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;

/** The use cases of the dispatch layer on given adapters. Those that are transactional are run inside a transaction. */
public final class DispatchLayer {
    public static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toUnmodifiableSet());

    /** How far beyond all that has come of its stream partition a message may be that explains a refusal. */
    public static final long MOST_AHEAD = 1_000;

    /** How many short lines of a SKU a job reads at once: few, so that whatever waits meets the end of what is read. */
    public static final int MOST_LINES = 2;

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

    /** What every job does its work with. */
    public final EachInTurn eachInTurn;

    private final RecordLocks recordLocks;
    private final RequestReleases requestReleases;
    private final RecordReleases recordReleases;
    private final RecordGivenUp recordGivenUp;

    public DispatchLayer(Adapters adapters) {
        this.adapters = adapters;
        eachInTurn = new EachInTurn(adapters.stuckWork(), new SimpleMeterRegistry());
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
        defineRules = new DefineRules(ruleBook, adapters.changes(), signals);
        // Called by use cases that have no transaction of their own: these begin one, as their proxies do in the
        // container.
        var bounds = new SenderBounds(null, adapters.watermarks(), MOST_AHEAD, 0);
        recordLocks = new RecordLocks(stockRows, outbounds, lines, adapters.watermarks(), bounds, movements) {
            @Override
            public Progress record(List<Lock> locks) {
                return adapters.transactions().inTransaction(() -> super.record(locks));
            }
        };
        requestReleases = new RequestReleases(lines, stockRows, outbounds, numbers) {
            @Override
            public Progress request(List<LineNumber> wanting) {
                return adapters.transactions().inTransaction(() -> super.request(wanting));
            }
        };
        recordGivenUp =
                new RecordGivenUp(stockRows, outbounds, lines, movements, adapters.changes(), adapters.stuckWork()) {
                    @Override
                    public boolean record(Outbound seen, Actor by) {
                        return adapters.transactions().inTransaction(() -> super.record(seen, by));
                    }
                };
        recordReleases = new RecordReleases(ruleBook, stockRows, outbounds, lines, movements) {
            @Override
            public Progress record(List<Release> releases) {
                return adapters.transactions().inTransaction(() -> super.record(releases));
            }
        };
    }

    /** The dispatch layer on fakes. */
    public static DispatchLayer inMemory() {
        return new DispatchLayer(new InMemoryAdapters());
    }

    /** One round of the place job, as it is without failures. */
    public boolean placeFreeStock(int limit) {
        return round(limit, placeFreeStock.due(ALL_PARTITIONS, limit), skus -> placeFreeStock.place(skus, MOST_LINES));
    }

    /** One round of the recall job. */
    public boolean recallPromises(int limit, int retrySeconds) {
        List<Sku> due = recallPromises.due(ALL_PARTITIONS, limit);
        return round(limit, due, skus -> recallPromises.recall(skus, MOST_LINES, retrySeconds));
    }

    /** One round of the align job. */
    public boolean alignPromises(int limit, int retrySeconds) {
        List<Sku> due = alignPromises.due(ALL_PARTITIONS, limit);
        return round(limit, due, skus -> alignPromises.align(skus, retrySeconds));
    }

    /** One round of the job that ends refusals. */
    public boolean endRefusals(int limit) {
        return round(limit, endRefusals.due(ALL_PARTITIONS, limit), endRefusals::end);
    }

    private <S> boolean round(int limit, List<S> due, EachInTurn.Step<S> step) {
        if (due.isEmpty()) {
            return false;
        }
        Progress progress = adapters.transactions().inTransaction(() -> step.run(due));
        return progress == Progress.MORE || progress == Progress.DONE && due.size() == limit;
    }

    /** One round of the lock job against these warehouses. */
    public boolean lockAt(WarehouseLocks warehouses, int limit) {
        return call(() -> locking(warehouses).run(ALL_PARTITIONS, limit, adapters.retrySeconds(), 60));
    }

    /** One round of the cancel job against these warehouses. */
    public boolean releaseAt(WarehouseLocks warehouses, int limit) {
        return call(() -> releasing(warehouses).run(ALL_PARTITIONS, limit, adapters.retrySeconds(), 60));
    }

    /** Giving up outbounds that these warehouses do not know. */
    public CloseOutbounds closing(WarehouseLocks warehouses) {
        return new CloseOutbounds(adapters.outbounds(), warehouses, recordGivenUp);
    }

    /** The lock job against these warehouses. */
    public LockAtWarehouses locking(WarehouseLocks warehouses) {
        return new LockAtWarehouses(adapters.outbounds(), warehouses, recordLocks, eachInTurn, adapters.signals());
    }

    /** The cancel job against these warehouses. */
    public ReleaseAtWarehouses releasing(WarehouseLocks warehouses) {
        return new ReleaseAtWarehouses(
                requestReleases, adapters.outbounds(), warehouses, recordReleases, eachInTurn, adapters.signals());
    }

    /** A step of a job that calls, as its loop runs it: one that reached nobody is tried again later. */
    private static boolean call(Supplier<Progress> step) {
        try {
            return step.get() == Progress.MORE;
        } catch (Unreached e) {
            return false;
        }
    }
}
