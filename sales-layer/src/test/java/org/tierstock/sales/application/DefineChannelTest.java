package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.fake.InMemoryChannelRegister;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.InMemoryChanges;
import org.tierstock.testing.InMemoryTransactions;

class DefineChannelTest {
    private static final Actor ALICE = new Actor("alice", "jti-1", "0af7651916cd43dd8448eb211c80319c");
    private static final Channel AT_ORDER = SalesLayer.shop(DeductionMode.ORDER_TIME);
    private static final Channel AT_PAYMENT = SalesLayer.shop(DeductionMode.PAYMENT_TIME);

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryChanges changes = new InMemoryChanges(transactions);
    private final DefineChannel defineChannel = new DefineChannel(new InMemoryChannelRegister(transactions), changes);

    private DefineChannel.Outcome define(Channel channel, Long expected) {
        return transactions.inTransaction(() -> defineChannel.define(channel, expected, ALICE));
    }

    @Test
    void a_channel_that_others_have_changed_is_not_overwritten_by_who_has_not_seen_it() {
        define(AT_ORDER, null);
        define(AT_PAYMENT, 1L);

        assertThat(define(AT_ORDER, 1L))
                .isEqualTo(new DefineChannel.Outdated(Optional.of(new VersionedChannel(AT_PAYMENT, 2))));
    }

    @Test
    void every_change_is_recorded_with_who_made_it_and_what_was_before_and_after_and_nothing_else_is() {
        assertThat(define(AT_ORDER, null))
                .isEqualTo(new DefineChannel.Defined(new VersionedChannel(AT_ORDER, 1), true));
        define(AT_ORDER, null);
        define(AT_PAYMENT, 7L);
        define(AT_PAYMENT, 1L);

        assertThat(changes.all())
                .containsExactly(
                        new Change("CHANNEL", "shop", 1, null, AT_ORDER, ALICE),
                        new Change("CHANNEL", "shop", 2, AT_ORDER, AT_PAYMENT, ALICE));
    }
}
