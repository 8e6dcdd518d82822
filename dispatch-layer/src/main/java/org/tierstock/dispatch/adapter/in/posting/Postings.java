package org.tierstock.dispatch.adapter.in.posting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tierstock.dispatch.application.CancelLines;
import org.tierstock.dispatch.application.CloseOutbounds;
import org.tierstock.dispatch.application.CloseShortages;
import org.tierstock.dispatch.application.DefineRules;
import org.tierstock.dispatch.application.GrantStock;
import org.tierstock.dispatch.application.RevokeStock;
import org.tierstock.dispatch.application.SourceOrders;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.GroupCommits;
import org.tierstock.runtime.posting.Replayable;

/** Makes the group commits of the use cases, for all driving adapters to share. */
@ApplicationScoped
public class Postings {
    @Produces
    @Singleton
    GroupCommit<Replayable<SourceOrders.PaidOrder>, Boolean> sourcing(
            GroupCommits groupCommits, SenderBounds bounds, SourceOrders sourceOrders) {
        return groupCommits.ofReplayable("source-orders", order -> order.lines().size(), orders -> {
            orders.forEach(order -> bounds.require(order.lines()));
            return sourceOrders.source(orders);
        });
    }

    @Produces
    @Singleton
    GroupCommit<CancelLines.CancelLine, CancelLines.Outcome> cancelling(
            GroupCommits groupCommits, CancelLines cancelLines) {
        return groupCommits.of("cancel-lines", GroupCommit.oneLine(), cancelLines::cancel);
    }

    @Produces
    @Singleton
    GroupCommit<LineNumber, CloseShortages.Outcome> closing(GroupCommits groupCommits, CloseShortages closeShortages) {
        return groupCommits.of("close-shortages", GroupCommit.oneLine(), closeShortages::close);
    }

    @Produces
    @Singleton
    GroupCommit<Signed<String>, CloseOutbounds.Outcome> closingOutbounds(
            GroupCommits groupCommits, CloseOutbounds closeOutbounds) {
        return groupCommits.of("close-outbounds", GroupCommit.oneLine(), closeOutbounds::close);
    }

    @Produces
    @Singleton
    GroupCommit<GrantStock.Grant, GrantStock.Outcome> granting(GroupCommits groupCommits, GrantStock grantStock) {
        return groupCommits.of("grant-stock", GroupCommit.oneLine(), grantStock::grant);
    }

    @Produces
    @Singleton
    GroupCommit<RevokeStock.Revoke, RevokeStock.Outcome> revoking(GroupCommits groupCommits, RevokeStock revokeStock) {
        return groupCommits.of("revoke-stock", GroupCommit.oneLine(), revokeStock::revoke);
    }

    @Produces
    @Singleton
    GroupCommit<Signed<DefineRules.Definition>, DefineRules.Outcome> defining(
            GroupCommits groupCommits, DefineRules defineRules) {
        return groupCommits.of("define-rules", GroupCommit.oneLine(), defineRules::define);
    }
}
