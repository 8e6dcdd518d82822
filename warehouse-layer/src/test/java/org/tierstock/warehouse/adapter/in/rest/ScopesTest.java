package org.tierstock.warehouse.adapter.in.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.StockKey;

class ScopesTest {
    private static final List<StockKey> GOODS = List.of(goodsOf("ACME"), goodsOf("BOLT"));

    @Test
    void goods_are_moved_by_a_token_for_their_warehouse_and_for_every_owner_among_them() {
        assertThatCode(() -> Scopes.need(caller("W1", "ACME", "BOLT"), "W1", GOODS))
                .doesNotThrowAnyException();
        isRefused(caller("W2", "ACME", "BOLT"), "warehouse");
        isRefused(caller("W1", "ACME"), "owner");
        isRefused(caller("W1", "BOLT"), "owner");
    }

    @Test
    void an_outbound_of_another_warehouse_or_owner_is_as_unknown_as_one_that_there_is_not() {
        Outbound outbound = outboundOf("W1", "ACME");

        assertThat(Scopes.permitted(caller("W1", "ACME"), "OB1", outbound)).isSameAs(outbound);
        isUnknown(caller("W2", "ACME"), outbound);
        isUnknown(caller("W1", "BOLT"), outbound);
        isUnknown(caller("W1", "ACME"), null);
    }

    private static void isUnknown(Caller caller, Outbound outbound) {
        assertThatThrownBy(() -> Scopes.permitted(caller, "OB1", outbound))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.document())
                                .isEqualTo(Problem.notFound("outbound order", "OB1")
                                        .document()));
    }

    private static Outbound outboundOf(String warehouse, String owner) {
        Cell cell = new Cell(new NodeKey(warehouse, "MAIN", owner, Quality.NORMAL), new Sku("TEA"));
        OutboundOrder order = new OutboundOrder("OB1", 1, "web:1", 1, cell, 4, "", "", "", "", new PeerJournal(1, 1));
        return new Outbound(order, 0, 4, 0, 0, 0, new TreeMap<>());
    }

    private static void isRefused(Caller caller, String what) {
        assertThatThrownBy(() -> Scopes.need(caller, "W1", GOODS))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.detail()).isEqualTo("The token does not name the " + what + "."));
    }

    private static Caller caller(String warehouse, String... owners) {
        return new Caller("somebody", "", Set.of(Roles.WMS), Set.of(), Set.of(warehouse), Set.of(owners));
    }

    private static StockKey goodsOf(String owner) {
        return new StockKey("W1", "MAIN", owner, new Sku("TEA"), "B1", Quality.NORMAL, "A-1");
    }
}
