package org.tierstock.local.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tierstock.local.demo.Event.DeliveredLine;
import org.tierstock.local.demo.Event.GoodsDelivered;
import org.tierstock.local.demo.Event.OrderCancelled;
import org.tierstock.local.demo.Event.OrderPaid;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;
import org.tierstock.local.demo.FoodMartTables.Supply;
import org.tierstock.local.demo.Market.AllotmentRule;
import org.tierstock.local.demo.Market.Channel;
import org.tierstock.local.demo.Market.Node;
import org.tierstock.local.demo.Market.NodeKind;

class FoodMartTest {
    private static final FoodMart EVERYTHING = new FoodMart(Integer.MAX_VALUE);

    @Test
    void the_tables_are_read_whole() {
        FoodMartTables tables = new FoodMartTables();

        assertThat(tables.warehouses()).hasSize(24);
        assertThat(tables.stores()).hasSize(25);
        assertThat(tables.products()).hasSize(1_560);
        assertThat(tables.supplies(1997)).hasSize(4_070);
        assertThat(tables.supplies(1998)).hasSize(7_282);
        assertThat(tables.sales1998()).hasSize(164_558 + 18_325);
    }

    @Test
    void every_warehouse_and_store_is_a_node() {
        List<Node> nodes = EVERYTHING.market().nodes();

        assertThat(nodes.stream().collect(groupingBy(Node::kind, counting())))
                .isEqualTo(Map.of(NodeKind.OWN_STORE, 25L, NodeKind.OWN_WAREHOUSE, 11L, NodeKind.MERCHANT, 13L));
    }

    @Test
    void an_independent_warehouse_owns_its_goods() {
        Node independent = node("W1");
        Node owned = node("W4");

        assertThat(independent.kind()).isEqualTo(NodeKind.MERCHANT);
        assertThat(independent.owner()).isEqualTo("MERCHANT-1");
        assertThat(owned.kind()).isEqualTo(NodeKind.OWN_WAREHOUSE);
        assertThat(owned.owner()).isEqualTo("FOODMART");
    }

    @Test
    void nodes_near_a_border_serve_both_sides_of_it() {
        assertThat(node("S15").regions()).as("Seattle").containsExactly("USA", "CANADA");
        assertThat(node("S24").regions()).as("San Diego").containsExactly("USA", "MEXICO");
        assertThat(node("W19").regions()).as("Vancouver").containsExactly("CANADA");
        assertThat(node("W8").regions()).as("Merida").containsExactly("MEXICO");
    }

    @Test
    void every_node_is_in_one_allotment_rule_whose_regions_it_serves() {
        Market market = EVERYTHING.market();

        Set<String> ruled = new HashSet<>();
        for (AllotmentRule rule : market.rules()) {
            for (String node : rule.nodes()) {
                assertThat(ruled.add(node)).isTrue();
                assertThat(node(node).regions())
                        .containsAll(rule.shares().stream()
                                .map(Market.Share::shipRegion)
                                .distinct()
                                .toList());
            }
        }
        assertThat(ruled).hasSize(market.nodes().size());
    }

    @Test
    void what_is_delivered_is_what_the_suppliers_shipped() {
        List<GoodsDelivered> opening = EVERYTHING.opening();

        assertThat(opening.stream()
                        .flatMap(d -> d.lines().stream())
                        .mapToLong(DeliveredLine::units)
                        .sum())
                .isEqualTo(207_726);
        assertThat(opening.stream().mapToLong(GoodsDelivered::missingUnits).sum())
                .isEqualTo(227_238 - 207_726);
    }

    @Test
    void whole_cases_go_to_the_warehouse_and_the_loose_rest_to_the_store() {
        FoodMartTables tables = new FoodMartTables();
        Supply first = tables.supplies(1997).getFirst();
        FoodMartTables.Product product = tables.products().stream()
                .filter(p -> p.productId() == first.productId())
                .findFirst()
                .orElseThrow();

        DeliveredLine cases = delivered("SUPPLY-19970103-W2", product.sku());
        DeliveredLine loose = delivered("SUPPLY-19970103-S2", product.sku());

        assertThat(first.unitsShipped()).isEqualTo(42);
        assertThat(cases.looseUnits()).isZero();
        assertThat(cases.unitsPerCase()).isEqualTo(product.unitsPerCase());
        assertThat(loose.cases()).isZero();
        assertThat(loose.looseUnits()).isLessThan(product.unitsPerCase());
        assertThat(cases.units() + loose.units()).isEqualTo(42);
    }

    @Test
    void the_orders_of_1998_are_what_a_customer_bought_in_a_store_on_a_day() {
        List<OrderPlaced> orders = placed(EVERYTHING);

        assertThat(orders).hasSize(34_070 + 3_781);
        assertThat(orders.stream()
                        .flatMap(o -> o.lines().stream())
                        .mapToLong(OrderedLine::units)
                        .sum())
                .isEqualTo(509_987 + 56_729);
        assertThat(orders.stream().map(OrderPlaced::channel).distinct())
                .containsExactlyInAnyOrder("supermarket", "deluxe", "gourmet", "grocery");
        assertThat(orders.stream().map(OrderPlaced::shipRegion).distinct())
                .containsExactlyInAnyOrder("USA", "CANADA", "MEXICO");
    }

    @Test
    void no_more_orders_are_replayed_than_asked_for() {
        FoodMart few = new FoodMart(100);

        assertThat(placed(few)).isEqualTo(placed(EVERYTHING).subList(0, 100));
    }

    @Test
    void events_are_in_time_order_and_an_order_is_placed_before_anything_else_happens_to_it() {
        List<Event> events = new FoodMart(2_000).events();

        assertThat(events).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        Set<String> placed = new HashSet<>();
        for (Event event : events) {
            if (event instanceof Event.OfOrder ofOrder) {
                if (event instanceof OrderPlaced) {
                    placed.add(ofOrder.order());
                }
                assertThat(placed).contains(ofOrder.order());
            }
        }
    }

    @Test
    void only_orders_with_a_timer_are_abandoned_and_every_other_is_paid_or_cancelled() {
        List<Event> events = new FoodMart(2_000).events();
        Set<String> settled = new HashSet<>();
        for (Event event : events) {
            if (event instanceof OrderPaid || event instanceof OrderCancelled) {
                settled.add(((Event.OfOrder) event).order());
            }
        }

        List<OrderPlaced> abandoned = placed(events).stream()
                .filter(o -> !settled.contains(o.order()))
                .toList();

        assertThat(abandoned).isNotEmpty();
        assertThat(abandoned).allSatisfy(o -> {
            assertThat(o.channel()).isEqualTo("deluxe");
            assertThat(o.holdSeconds()).isPositive();
        });
    }

    @Test
    void reading_it_twice_gives_the_same_events() {
        assertThat(new FoodMart(500).events()).isEqualTo(new FoodMart(500).events());
    }

    @Test
    void channels_of_small_shops_share_their_stock() {
        Map<String, List<String>> bySource = EVERYTHING.market().channels().stream()
                .collect(groupingBy(Channel::stockSource, mapping(Channel::code, toList())));

        assertThat(bySource.get("corner")).containsExactly("gourmet", "grocery");
        assertThat(bySource.get("deluxe")).containsExactly("deluxe");
    }

    private static Node node(String code) {
        return EVERYTHING.market().nodes().stream()
                .filter(n -> n.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static DeliveredLine delivered(String receipt, String sku) {
        return EVERYTHING.opening().stream()
                .filter(d -> d.receipt().equals(receipt))
                .flatMap(d -> d.lines().stream())
                .filter(l -> l.sku().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    private static List<OrderPlaced> placed(FoodMart scenario) {
        return placed(scenario.events());
    }

    private static List<OrderPlaced> placed(List<Event> events) {
        return events.stream()
                .filter(OrderPlaced.class::isInstance)
                .map(OrderPlaced.class::cast)
                .toList();
    }
}
