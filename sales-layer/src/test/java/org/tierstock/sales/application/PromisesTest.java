package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.fake.SalesLayer;

class PromisesTest {
    private final SalesLayer sales = SalesLayer.with(DeductionMode.ORDER_TIME);

    private Received<StockRevoked> revocation(long quantity) {
        return sales.next(new StockRevoked("RE-1", SalesLayer.key("tea"), quantity));
    }

    @Test
    void a_grant_makes_stock_sellable_once() {
        Received<StockGranted> grant = sales.next(new StockGranted("GR-1", SalesLayer.key("tea"), "REGULAR", 5));

        sales.apply(grant);
        sales.apply(grant);
        sales.apply(sales.next(grant.message()));

        assertThat(sales.balances("tea")).containsExactly(5L, 0L, 0L);
    }

    @Test
    void a_revocation_takes_at_most_what_is_sellable_and_says_what_it_took() {
        sales.grant("tea", 5);
        sales.place("1", "tea", 3);

        sales.revoke(revocation(4));

        assertThat(sales.balances("tea")).containsExactly(0L, 3L, 0L);
        assertThat(sales.sent()).containsExactly(new RevocationSettled("RE-1", SalesLayer.key("tea"), 2));
    }

    @Test
    void a_revocation_issued_again_under_a_new_number_takes_nothing_and_answers_nothing() {
        sales.grant("tea", 5);
        sales.revoke(revocation(2));

        sales.revoke(revocation(2));

        assertThat(sales.balances("tea")).containsExactly(3L, 0L, 0L);
        assertThat(sales.sent()).hasSize(1);
    }

    @Test
    void a_revocation_of_what_was_never_granted_is_settled_with_nothing() {
        sales.revoke(revocation(2));

        assertThat(sales.sent()).containsExactly(new RevocationSettled("RE-1", SalesLayer.key("tea"), 0));
    }

    @Test
    void an_adjustment_brings_sellable_stock_to_what_was_promised_and_tells_nobody() {
        sales.grant("tea", 5);

        assertThat(sales.adjust("tea", 3, true)).isEqualTo(AdjustStock.Outcome.BOOKED);
        assertThat(sales.balances("tea")).containsExactly(8L, 0L, 0L);
        assertThat(sales.adjust("tea", -7, true)).isEqualTo(AdjustStock.Outcome.BOOKED);
        assertThat(sales.balances("tea")).containsExactly(1L, 0L, 0L);
        assertThat(sales.sent()).isEmpty();
    }

    @Test
    void an_adjustment_takes_nothing_that_is_ordered_and_nothing_when_the_key_has_moved() {
        sales.grant("tea", 5);
        sales.place("1", "tea", 3);

        assertThat(sales.adjust("tea", -3, true)).isEqualTo(AdjustStock.Outcome.NOT_ENOUGH);
        assertThat(sales.adjust("tea", 4, false)).isEqualTo(AdjustStock.Outcome.MOVED);

        assertThat(sales.balances("tea")).containsExactly(2L, 3L, 0L);
    }
}
