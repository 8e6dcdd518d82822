package org.tierstock.dispatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.dispatch.domain.AllotmentRule.Kind.FIXED;
import static org.tierstock.dispatch.domain.AllotmentRule.Kind.RATIO;
import static org.tierstock.dispatch.domain.AllotmentRule.Kind.SHARED;
import static org.tierstock.dispatch.domain.Fixtures.PHONE;
import static org.tierstock.dispatch.domain.Fixtures.at;
import static org.tierstock.dispatch.domain.Fixtures.because;
import static org.tierstock.dispatch.domain.Fixtures.fixed;
import static org.tierstock.dispatch.domain.Fixtures.key;
import static org.tierstock.dispatch.domain.Fixtures.node;
import static org.tierstock.dispatch.domain.Fixtures.rule;
import static org.tierstock.dispatch.domain.Fixtures.rules;
import static org.tierstock.dispatch.domain.Fixtures.stock;
import static org.tierstock.dispatch.domain.Fixtures.weight;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.protocol.ToSales.StockGranted;

class AllotmentTest {
    private static final ChannelKey WEB = key("WEB", "NORTH", PHONE);
    private static final ChannelKey SHOP = key("SHOP", "NORTH", PHONE);
    private static final List<Node> NODES = List.of(node("A", 1, "NORTH"), node("B", 2, "NORTH", "SOUTH"));

    private final AtomicInteger numbers = new AtomicInteger();
    private final Supplier<String> grantNumbers = () -> "GR-1-" + numbers.incrementAndGet();

    @Test
    void a_ratio_divides_what_is_free_by_weight() {
        Rules rules = rules(NODES, rule("all", RATIO, weight("WEB", "NORTH", 3), weight("SHOP", "NORTH", 1)));
        StockOfSku goods = stock(PHONE, "A=100");

        List<StockGranted> grants = new Allotment(rules).allot(goods, grantNumbers);

        assertThat(grants).extracting(StockGranted::quantity).containsExactly(75L, 25L);
        assertThat(goods.account(WEB)).isEqualTo(75);
        assertThat(goods.free()).isZero();
    }

    @Test
    void many_small_receipts_keep_the_ratio_as_one_large_one_would() {
        Rules rules = rules(
                NODES,
                rule("all", RATIO, weight("WEB", "NORTH", 5), weight("SHOP", "NORTH", 3), weight("APP", "NORTH", 2)));
        StockOfSku goods = stock(PHONE);

        for (int i = 0; i < 100; i++) {
            goods.receive(at("A"), 1, 0, because("receipt-" + i));
            new Allotment(rules).allot(goods, grantNumbers);
        }

        assertThat(goods.account(WEB)).isEqualTo(50);
        assertThat(goods.account(SHOP)).isEqualTo(30);
        assertThat(goods.account(key("APP", "NORTH", PHONE))).isEqualTo(20);
    }

    @Test
    void a_fixed_rule_fills_its_accounts_before_the_ratio_divides_the_rest() {
        Rules rules = rules(
                NODES,
                rule("a-ratio", RATIO, weight("WEB", "NORTH", 1)),
                rule("fixed", FIXED, fixed("SHOP", "NORTH", 30)));
        StockOfSku goods = stock(PHONE, "A=20", "B=50");

        new Allotment(rules).allot(goods, grantNumbers);

        assertThat(goods.account(SHOP)).isEqualTo(30);
        assertThat(goods.account(WEB)).isEqualTo(40);
    }

    @Test
    void a_shared_rule_gives_everything_to_one_key_that_channels_sell_from() {
        Rules rules = rules(NODES, rule("shared", SHARED, weight("POOL", "NORTH", 0)));
        StockOfSku goods = stock(PHONE, "A=20", "B=50");

        List<StockGranted> grants = new Allotment(rules).allot(goods, grantNumbers);

        assertThat(grants).singleElement().extracting(StockGranted::quantity).isEqualTo(70L);
    }

    @Test
    void a_region_gets_stock_only_from_nodes_that_serve_it() {
        Rules rules = rules(NODES, rule("all", RATIO, weight("WEB", "NORTH", 1), weight("WEB", "SOUTH", 1)));
        StockOfSku goods = stock(PHONE, "A=10", "B=10");

        new Allotment(rules).allot(goods, grantNumbers);

        assertThat(goods.account(WEB)).isEqualTo(15);
        assertThat(goods.account(key("WEB", "SOUTH", PHONE))).isEqualTo(5);
    }

    @Test
    void stock_that_no_rule_names_stays_free() {
        StockOfSku goods = stock(PHONE, "A=10");

        assertThat(new Allotment(rules(NODES)).allot(goods, grantNumbers)).isEmpty();
        assertThat(goods.free(at("A"))).isEqualTo(10);
    }

    @Test
    void a_ratio_whose_product_with_what_is_free_is_beyond_a_long_is_kept_to_the_unit() {
        Rules rules =
                rules(NODES, rule("all", RATIO, weight("WEB", "NORTH", 1_000_000), weight("SHOP", "NORTH", 999_999)));
        StockOfSku goods = stock(PHONE, "A=10000000000001");

        new Allotment(rules).allot(goods, grantNumbers);

        assertThat(goods.account(WEB)).isEqualTo(5_000_002_500_002L);
        assertThat(goods.account(SHOP)).isEqualTo(4_999_997_499_999L);
    }
}
