package org.tierstock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.local.demo.DemoCheck.Finding;
import org.tierstock.local.demo.DispatchClient.Explanation;
import org.tierstock.local.demo.Operations.Audit;
import org.tierstock.local.demo.Operations.Reconciliation;
import org.tierstock.local.demo.SalesClient.CancelledLine;

class DemoCheckTest {
    @Test
    void a_world_in_which_all_books_agree_has_no_findings() {
        Settled world = new Settled().paid("1", 3, 3, 0).paid("2", 2, 1, 1).left(6);
        world.books.order("web:2").cancelled(List.of(new CancelledLine(1, 0, 0, 1)));

        assertThat(found(world)).isEmpty();
    }

    @Test
    void an_order_that_was_acknowledged_and_is_gone_is_found() {
        Settled world = new Settled().paid("1", 3, 3, 0).left(7);
        world.orders.clear();

        assertThat(found(world)).contains("an acknowledged order is missing");
    }

    @Test
    void an_order_that_nobody_placed_is_found() {
        Settled world = new Settled().seen("web:9", "PAID", 1, 0, 0).left(10);

        assertThat(found(world)).containsExactly("an order is there that was never acknowledged");
    }

    @Test
    void an_abandoned_order_must_have_expired() {
        Settled world = new Settled().left(10);
        world.placed("1", 2, 2);
        world.seen("web:1", "PLACED", 2, 0, 0);

        assertThat(found(world)).containsExactly("an order is not in the state of its documents");
    }

    @Test
    void a_cancelled_order_takes_no_goods() {
        Settled world = new Settled().left(10);
        world.placed("1", 2, 0).cancelled(List.of(new CancelledLine(1, 2, 0, 0)));
        world.seen("web:1", "CANCELLED", 2, 2, 0);

        assertThat(found(world)).isEmpty();
    }

    @Test
    void a_paid_unit_that_is_neither_shipped_nor_reversed_is_found() {
        Settled world = new Settled().paid("1", 3, 2, 0).left(8);

        assertThat(found(world)).contains("a line is not settled", "a paid unit was neither shipped nor reversed");
    }

    @Test
    void a_shipment_that_nobody_ordered_is_found() {
        Settled world = new Settled().paid("1", 3, 3, 0).left(7);
        world.shipped.replaceAll((line, units) -> units + 1);

        assertThat(found(world))
                .contains(
                        "warehouses say they shipped what they were not told to",
                        "dispatch and warehouses differ in what was shipped");
    }

    @Test
    void goods_that_are_not_on_the_shelves_are_found_in_every_layer_that_lacks_them() {
        Settled world = new Settled()
                .stock(Evidence.SALES, "sellable", 10)
                .stock(Evidence.DISPATCH, "allotted", 9)
                .stock(Evidence.WAREHOUSE, "available", 8);

        assertThat(found(world))
                .containsExactly(
                        "goods received, counted and shipped are not the goods on the shelves",
                        "shelves and dispatch differ",
                        "dispatch's promises and what is on sale differ");
    }

    @Test
    void selling_one_unit_more_than_ever_came_is_overselling() {
        Settled world = new Settled().paid("1", 11, 10, 0).left(0);

        assertThat(world.check().oversoldBySku()).isEqualTo(Map.of(Settled.SKU, 1L));
    }

    @Test
    void giving_up_a_sale_for_which_no_goods_ever_came_is_overselling_too() {
        Settled world = new Settled().paid("1", 11, 10, 1).left(0);

        assertThat(world.check().oversoldBySku()).isEqualTo(Map.of(Settled.SKU, 1L));
    }

    @Test
    void giving_up_a_sale_whose_goods_were_lost_is_not_overselling() {
        Settled world = new Settled().paid("1", 10, 9, 1).left(0);
        world.books.counted(Settled.SKU, -1);

        assertThat(world.check().oversoldBySku()).isEmpty();
        assertThat(found(world)).isEmpty();
    }

    @Test
    void what_is_still_on_sale_counts_as_promised() {
        Settled world = new Settled().paid("1", 10, 10, 0).left(2);

        assertThat(world.check().oversoldBySku()).isEqualTo(Map.of(Settled.SKU, 2L));
    }

    @Test
    void a_formula_whose_terms_do_not_add_up_is_found() {
        Settled world = new Settled().left(10);
        world.explanations.add(new Explanation(Settled.SKU, 10, 12, 1, 0, 0, 0, 0));

        assertThat(found(world)).containsExactly("S is not I - O - U - L + V - T");
    }

    @Test
    void differences_and_parked_messages_are_found() {
        Settled world = new Settled().left(10);
        world.audits.put("dispatch", new Audit(5, 1, "row 7"));
        world.reconciliations.add(new Reconciliation("warehouse", 1, 2, "cell"));
        world.parked = 1;

        assertThat(found(world))
                .containsExactly("balances differ from the ledger", "layers differ at a cut", "messages are parked");
    }

    private static List<String> found(Settled world) {
        return world.check().findings().stream().map(Finding::what).toList();
    }
}
