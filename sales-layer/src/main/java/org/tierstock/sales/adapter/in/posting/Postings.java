package org.tierstock.sales.adapter.in.posting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.GroupCommits;
import org.tierstock.sales.application.CancelOrders;
import org.tierstock.sales.application.ConfirmPayments;
import org.tierstock.sales.application.DefineChannels;
import org.tierstock.sales.application.ExpireLocks;
import org.tierstock.sales.application.PlaceOrders;
import org.tierstock.sales.application.port.OrderSizes;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;

/** Makes the group commits of the use cases, for all driving adapters to share. */
@ApplicationScoped
public class Postings {
    @Produces
    @Singleton
    GroupCommit<PlaceOrder, PlaceOutcome> placing(GroupCommits groupCommits, PlaceOrders placeOrders) {
        return groupCommits.of("place-orders", order -> order.lines().size(), placeOrders::place);
    }

    @Produces
    @Singleton
    GroupCommit<ConfirmPayment, PaymentOutcome> paying(
            GroupCommits groupCommits, OrderSizes sizes, ConfirmPayments confirmPayments) {
        return groupCommits.of(
                "confirm-payments",
                GroupCommit.oneLine(),
                payments ->
                        sizes.lines(payments.stream().map(ConfirmPayment::order).toList()),
                confirmPayments::confirm);
    }

    /** A cancel of a few lines reads its order as a whole too. */
    @Produces
    @Singleton
    GroupCommit<CancelOrder, CancelOutcome> cancelling(
            GroupCommits groupCommits, OrderSizes sizes, CancelOrders cancelOrders) {
        return groupCommits.of(
                "cancel-orders",
                cancel -> Math.max(1, cancel.lines().size()),
                cancels -> sizes.lines(cancels.stream().map(CancelOrder::order).toList()),
                cancelOrders::cancel);
    }

    @Produces
    @Singleton
    GroupCommit<OrderNumber, Boolean> expiring(GroupCommits groupCommits, OrderSizes sizes, ExpireLocks expireLocks) {
        return groupCommits.of("expire-locks", GroupCommit.oneLine(), sizes::lines, expireLocks::expire);
    }

    @Produces
    @Singleton
    GroupCommit<Signed<DefineChannels.Definition>, DefineChannels.Outcome> defining(
            GroupCommits groupCommits, DefineChannels defineChannels) {
        return groupCommits.of("define-channels", GroupCommit.oneLine(), defineChannels::define);
    }
}
