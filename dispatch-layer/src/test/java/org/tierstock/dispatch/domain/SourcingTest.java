package org.tierstock.dispatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.dispatch.domain.Fixtures.CASE;
import static org.tierstock.dispatch.domain.Fixtures.PHONE;
import static org.tierstock.dispatch.domain.Fixtures.at;
import static org.tierstock.dispatch.domain.Fixtures.because;
import static org.tierstock.dispatch.domain.Fixtures.handOver;
import static org.tierstock.dispatch.domain.Fixtures.key;
import static org.tierstock.dispatch.domain.Fixtures.node;
import static org.tierstock.dispatch.domain.Fixtures.promise;
import static org.tierstock.dispatch.domain.Fixtures.rules;
import static org.tierstock.dispatch.domain.Fixtures.stock;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.dispatch.domain.Sourcing.Allocation;
import org.tierstock.dispatch.domain.Sourcing.Sourced;
import org.tierstock.movements.ChannelKey;

class SourcingTest {
    private static final ChannelKey WEB = key("WEB", "NORTH", PHONE);
    private static final ChannelKey SHOP = key("SHOP", "NORTH", PHONE);
    private static final Rules BOTH_SERVE = rules(List.of(node("A", 1, "NORTH"), node("B", 2, "NORTH")));

    @Test
    void a_line_takes_its_own_backing_at_the_preferred_node() {
        StockOfSku goods = stock(PHONE, "A=10", "B=10");
        promise(goods, "A", WEB, 6);
        promise(goods, "B", WEB, 4);

        Sourced line = source(BOTH_SERVE, goods, handOver("1", 1, WEB, 5));

        assertThat(line.allocations()).containsExactly(new Allocation(at("A"), 5));
        assertThat(goods.account(WEB)).isEqualTo(5);
        assertThat(goods.balance(at("A"), DispatchBucket.ALLOCATED)).isEqualTo(5);
    }

    @Test
    void free_stock_at_the_preferred_node_is_exchanged_for_backing_elsewhere() {
        StockOfSku goods = stock(PHONE, "A=10", "B=10");
        promise(goods, "B", WEB, 4);

        Sourced line = source(BOTH_SERVE, goods, handOver("1", 1, WEB, 3));

        assertThat(line.allocations()).containsExactly(new Allocation(at("A"), 3));
        assertThat(goods.free(at("A"))).isEqualTo(7);
        assertThat(goods.free(at("B"))).isEqualTo(9);
        assertThat(goods.allotted(at("B"), WEB)).isEqualTo(1);
    }

    @Test
    void two_keys_change_places_when_the_preferred_node_is_all_promised_to_the_other() {
        Rules rules = rules(List.of(node("A", 1, "NORTH"), node("B", 2, "NORTH"), node("C", 3, "NORTH")));
        StockOfSku goods = stock(PHONE, "A=10", "B=4", "C=2");
        promise(goods, "A", SHOP, 10);
        promise(goods, "B", WEB, 4);
        promise(goods, "C", WEB, 2);

        Sourced line = source(rules, goods, handOver("1", 1, WEB, 6));

        assertThat(line.allocations()).containsExactly(new Allocation(at("A"), 6));
        assertThat(goods.account(SHOP)).isEqualTo(10);
        assertThat(goods.allotted(at("B"), SHOP)).isEqualTo(4);
        assertThat(goods.allotted(at("C"), SHOP)).isEqualTo(2);
    }

    @Test
    void the_warehouse_that_can_serve_the_whole_order_comes_before_the_preferred_one() {
        StockOfSku phones = stock(PHONE, "A=10", "B=10");
        promise(phones, "A", WEB, 5);
        promise(phones, "B", WEB, 5);
        StockOfSku cases = stock(CASE, "B=10");
        ChannelKey webCase = key("WEB", "NORTH", CASE);
        promise(cases, "B", webCase, 5);

        List<Sourced> lines = new Sourcing(BOTH_SERVE, Map.of(PHONE, phones, CASE, cases)::get)
                .source(List.of(handOver("1", 1, WEB, 2), handOver("1", 2, webCase, 2)));

        assertThat(lines)
                .extracting(Sourced::allocations)
                .containsExactly(List.of(new Allocation(at("B"), 2)), List.of(new Allocation(at("B"), 2)));
    }

    @Test
    void a_line_is_split_when_no_node_has_all_of_it() {
        StockOfSku goods = stock(PHONE, "A=3", "B=5");
        promise(goods, "A", WEB, 3);
        promise(goods, "B", WEB, 5);

        Sourced line = source(BOTH_SERVE, goods, handOver("1", 1, WEB, 7));

        assertThat(line.allocations()).containsExactly(new Allocation(at("A"), 3), new Allocation(at("B"), 4));
        assertThat(line.allocated()).isEqualTo(7);
    }

    @Test
    void a_hand_over_is_never_refused_what_was_lost_is_short() {
        StockOfSku goods = stock(PHONE, "A=10");
        promise(goods, "A", WEB, 10);
        goods.change(at("A"), -8, 0, because("count"));

        Sourced line = source(BOTH_SERVE, goods, handOver("1", 1, WEB, 5));

        assertThat(line.allocated()).isEqualTo(2);
        assertThat(goods.account(WEB)).isEqualTo(5);
        assertThat(goods.deficit(at("A"))).isEqualTo(-5);
    }

    @Test
    void a_node_that_does_not_serve_the_region_ships_nothing_there() {
        Rules rules = rules(List.of(node("A", 1, "SOUTH"), node("B", 2, "NORTH")));
        StockOfSku goods = stock(PHONE, "A=10", "B=2");
        promise(goods, "B", WEB, 2);
        promise(goods, "A", WEB, 1);

        Sourced line = source(rules, goods, handOver("1", 1, WEB, 3));

        assertThat(line.allocations()).containsExactly(new Allocation(at("B"), 2));
        assertThat(goods.free(at("A"))).isEqualTo(10);
    }

    @Test
    void a_sourcing_rule_names_the_order_of_nodes_for_its_region() {
        Rules rules = new Rules(
                1,
                List.of(node("A", 1, "NORTH"), node("B", 2, "NORTH")),
                List.of(),
                List.of(new SourcingRule("north", "NORTH", List.of("B"))));
        StockOfSku goods = stock(PHONE, "A=10", "B=10");
        promise(goods, "A", WEB, 5);

        Sourced line = source(rules, goods, handOver("1", 1, WEB, 5));

        assertThat(line.allocations()).containsExactly(new Allocation(at("B"), 5));
    }

    private static Sourced source(
            Rules rules, StockOfSku goods, org.tierstock.movements.protocol.ToDispatch.HandOver line) {
        return new Sourcing(rules, sku -> goods).source(List.of(line)).getFirst();
    }
}
