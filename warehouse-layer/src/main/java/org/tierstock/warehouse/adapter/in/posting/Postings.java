package org.tierstock.warehouse.adapter.in.posting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.GroupCommits;
import org.tierstock.warehouse.application.CountStock;
import org.tierstock.warehouse.application.DefineMasters;
import org.tierstock.warehouse.application.LockStock;
import org.tierstock.warehouse.application.PickGoods;
import org.tierstock.warehouse.application.ReceiveGoods;
import org.tierstock.warehouse.application.ReleaseLocks;
import org.tierstock.warehouse.application.ShipGoods;
import org.tierstock.warehouse.domain.CountOutcome;
import org.tierstock.warehouse.domain.DefineOutcome;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickOutcome;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceiveOutcome;
import org.tierstock.warehouse.domain.ReleaseOutcome;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.Stocktake;

/** Makes the group commits of the use cases, for all driving adapters to share. */
@ApplicationScoped
public class Postings {
    @Produces
    @Singleton
    GroupCommit<LockStock.Request, LockOutcome> locking(GroupCommits groupCommits, LockStock lockStock) {
        return groupCommits.of("lock-stock", GroupCommit.oneLine(), lockStock::lock);
    }

    @Produces
    @Singleton
    GroupCommit<OutboundCancel, ReleaseOutcome> releasing(GroupCommits groupCommits, ReleaseLocks releaseLocks) {
        return groupCommits.of("release-locks", GroupCommit.oneLine(), releaseLocks::release);
    }

    @Produces
    @Singleton
    GroupCommit<Receipt, ReceiveOutcome> receiving(GroupCommits groupCommits, ReceiveGoods receiveGoods) {
        return groupCommits.of("receive-goods", receipt -> receipt.lines().size(), receiveGoods::receive);
    }

    @Produces
    @Singleton
    GroupCommit<Pick, PickOutcome> picking(GroupCommits groupCommits, PickGoods pickGoods) {
        return groupCommits.of("pick-goods", pick -> pick.lines().size(), pickGoods::pick);
    }

    @Produces
    @Singleton
    GroupCommit<Shipment, ShipOutcome> shipping(GroupCommits groupCommits, ShipGoods shipGoods) {
        return groupCommits.of("ship-goods", GroupCommit.oneLine(), shipGoods::ship);
    }

    @Produces
    @Singleton
    GroupCommit<Stocktake, CountOutcome> counting(GroupCommits groupCommits, CountStock countStock) {
        return groupCommits.of("count-stock", stocktake -> stocktake.lines().size(), countStock::count);
    }

    @Produces
    @Singleton
    GroupCommit<Signed<DefineMasters.Definition>, DefineOutcome> defining(
            GroupCommits groupCommits, DefineMasters defineMasters) {
        return groupCommits.of("define-masters", GroupCommit.oneLine(), defineMasters::define);
    }
}
