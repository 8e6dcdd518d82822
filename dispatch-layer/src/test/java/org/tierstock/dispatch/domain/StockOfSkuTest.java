package org.tierstock.dispatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tierstock.dispatch.domain.Fixtures.PHONE;
import static org.tierstock.dispatch.domain.Fixtures.at;
import static org.tierstock.dispatch.domain.Fixtures.because;
import static org.tierstock.dispatch.domain.Fixtures.key;
import static org.tierstock.dispatch.domain.Fixtures.promise;
import static org.tierstock.dispatch.domain.Fixtures.stock;

import org.junit.jupiter.api.Test;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.ConservationBroken;

class StockOfSkuTest {
    private static final ChannelKey WEB = key("WEB", "NORTH", PHONE);

    @Test
    void a_loss_takes_free_stock_first_and_the_rest_is_a_deficit() {
        StockOfSku goods = stock(PHONE, "A=10");
        promise(goods, "A", WEB, 7);

        goods.change(at("A"), -5, 0, because("count"));

        assertThat(goods.free(at("A"))).isZero();
        assertThat(goods.deficit(at("A"))).isEqualTo(-2);
        assertThat(goods.allotted(at("A"), WEB)).isEqualTo(7);
        assertThat(goods.room(at("A"))).isEqualTo(5);
    }

    @Test
    void a_receipt_repays_the_deficit_before_it_frees_anything() {
        StockOfSku goods = stock(PHONE, "A=1");
        goods.change(at("A"), -4, 0, because("count"));

        goods.receive(at("A"), 5, 0, because("receipt"));

        assertThat(goods.deficit(at("A"))).isZero();
        assertThat(goods.free(at("A"))).isEqualTo(2);
    }

    @Test
    void a_loss_takes_what_a_refusal_keeps_back_before_free_stock() {
        StockOfSku goods = stock(PHONE, "A=10");
        goods.allocateFree(at("A"), 4, because("order"));
        goods.keepBack(new Refusal("OB-1", "A", at("A"), 4, 9), because("refused"));

        goods.change(at("A"), -6, 0, because("count"));

        assertThat(goods.balance(at("A"), DispatchBucket.HELD)).isZero();
        assertThat(goods.free(at("A"))).isEqualTo(4);
        assertThat(goods.changedRefusals()).containsExactly(new Refusal("OB-1", "A", at("A"), 0, 9));
    }

    @Test
    void what_no_loss_explained_is_free_again_when_the_refusal_ends() {
        StockOfSku goods = stock(PHONE, "A=10");
        goods.allocateFree(at("A"), 4, because("order"));
        goods.keepBack(new Refusal("OB-1", "A", at("A"), 4, 9), because("refused"));
        goods.change(at("A"), -1, 0, because("count"));

        goods.endRefusal(goods.refusals().iterator().next(), because("end"));

        assertThat(goods.free(at("A"))).isEqualTo(9);
        assertThat(goods.balance(at("A"), DispatchBucket.HELD)).isZero();
    }

    @Test
    void a_write_off_may_come_before_the_damage_that_it_writes_off() {
        StockOfSku goods = stock(PHONE, "A=10");

        goods.change(at("A"), 0, -3, because("scrap"));
        goods.change(at("A"), -3, 3, because("damage"));

        assertThat(goods.balance(at("A"), DispatchBucket.UNSELLABLE)).isZero();
        assertThat(goods.balance(at("A"), DispatchBucket.UNSELLABLE_DEFICIT)).isZero();
        assertThat(goods.free(at("A"))).isEqualTo(7);
    }

    @Test
    void moving_backing_changes_no_account() {
        StockOfSku goods = stock(PHONE, "A=10", "B=10");
        promise(goods, "A", WEB, 7);

        goods.exchange(WEB, at("A"), at("B"), 5, because("exchange"));

        assertThat(goods.account(WEB)).isEqualTo(7);
        assertThat(goods.allotted(at("B"), WEB)).isEqualTo(5);
        assertThat(goods.free(at("A"))).isEqualTo(8);
    }

    @Test
    void units_out_of_nothing_are_refused() {
        StockOfSku goods = stock(PHONE, "A=1");

        assertThatThrownBy(() -> promise(goods, "A", WEB, 2)).isInstanceOf(ConservationBroken.class);
    }
}
