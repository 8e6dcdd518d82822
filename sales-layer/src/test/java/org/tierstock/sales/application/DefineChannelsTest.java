package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.fake.InMemoryChannelRegister;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.InMemoryChanges;
import org.tierstock.testing.InMemoryTransactions;

class DefineChannelsTest {
    private static final Actor ALICE = new Actor("alice", "jti-1", "0af7651916cd43dd8448eb211c80319c");
    private static final Channel AT_ORDER = SalesLayer.shop(DeductionMode.ORDER_TIME);
    private static final Channel AT_PAYMENT = SalesLayer.shop(DeductionMode.PAYMENT_TIME);

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryChanges changes = new InMemoryChanges(transactions);
    private final DefineChannels defineChannels =
            new DefineChannels(new InMemoryChannelRegister(transactions), changes);

    private DefineChannels.Outcome define(Channel channel, Long expected) {
        return define(List.of(signed(channel, expected))).getFirst();
    }

    private List<DefineChannels.Outcome> define(List<Signed<DefineChannels.Definition>> definitions) {
        return transactions.inTransaction(() -> defineChannels.define(definitions));
    }

    private static Signed<DefineChannels.Definition> signed(Channel channel, Long expected) {
        return new Signed<>(new DefineChannels.Definition(channel, expected), ALICE);
    }

    @Test
    void a_channel_that_others_have_changed_is_not_overwritten_by_who_has_not_seen_it() {
        define(AT_ORDER, null);
        define(AT_PAYMENT, 1L);

        assertThat(define(AT_ORDER, 1L))
                .isEqualTo(new DefineChannels.Outdated(Optional.of(new VersionedChannel(AT_PAYMENT, 2))));
    }

    @Test
    void edits_of_one_channel_that_travel_together_see_one_another_and_a_refused_one_leaves_the_others() {
        assertThat(define(List.of(
                        signed(AT_ORDER, null), signed(AT_PAYMENT, 7L), signed(AT_PAYMENT, 1L), signed(AT_ORDER, 2L))))
                .containsExactly(
                        new DefineChannels.Defined(new VersionedChannel(AT_ORDER, 1), true),
                        new DefineChannels.Outdated(Optional.of(new VersionedChannel(AT_ORDER, 1))),
                        new DefineChannels.Defined(new VersionedChannel(AT_PAYMENT, 2), false),
                        new DefineChannels.Defined(new VersionedChannel(AT_ORDER, 3), false));
    }

    @Test
    void every_change_is_recorded_with_who_made_it_and_what_was_before_and_after_and_nothing_else_is() {
        assertThat(define(AT_ORDER, null))
                .isEqualTo(new DefineChannels.Defined(new VersionedChannel(AT_ORDER, 1), true));
        define(AT_ORDER, null);
        define(AT_PAYMENT, 7L);
        define(AT_PAYMENT, 1L);

        assertThat(changes.all())
                .containsExactly(
                        new Change("CHANNEL", "shop", 1, null, AT_ORDER, ALICE),
                        new Change("CHANNEL", "shop", 2, AT_ORDER, AT_PAYMENT, ALICE));
    }
}
