package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.Role;

/** Reconciliation while live: it reports tampering with the key that it touched, and never traffic. */
class ReconciliationTest {

    /** The differences that a reconciliation run now by this layer reports, over all of its peers. */
    static List<JsonNode> differences(Layer layer) {
        JsonNode run = RunningPlatform.rest(layer, Role.OPERATOR).check("/v1/reconciliations");
        List<JsonNode> differences = new ArrayList<>();
        run.findValues("differences").forEach(list -> list.forEach(differences::add));
        return differences;
    }

    private static int tamper(Layer layer, String sql, String sku) throws SQLException {
        LayerDatabase database = RunningPlatform.get().database(layer);
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.owner(), database.ownerPassword());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, sku);
            return statement.executeUpdate();
        }
    }

    @Test
    void a_unit_lost_by_hand_at_the_sales_layer_is_found_and_named() throws SQLException {
        Shop shop = Shop.open("tamper");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);
        assertThat(differences(Layer.SALES))
                .noneMatch(d -> d.get("key").asText().contains(shop.sku));

        assertThat(tamper(Layer.SALES, "UPDATE stock SET sellable = sellable - 1 WHERE sku = ?", shop.sku))
                .isEqualTo(1);
        try {
            List<JsonNode> found = differences(Layer.SALES).stream()
                    .filter(d -> d.get("key").asText().contains(shop.sku))
                    .toList();

            assertThat(found).hasSize(1);
            assertThat(found.getFirst().get("here").asLong()).isEqualTo(9);
            assertThat(found.getFirst().get("there").asLong()).isEqualTo(10);
        } finally {
            tamper(Layer.SALES, "UPDATE stock SET sellable = sellable + 1 WHERE sku = ?", shop.sku);
        }
    }

    @Test
    void a_unit_lost_by_hand_at_the_warehouse_layer_is_found_and_named() throws SQLException {
        Shop shop = Shop.open("tamperw");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);

        assertThat(tamper(Layer.WAREHOUSE, "UPDATE shelf_stock SET available = available - 1 WHERE sku = ?", shop.sku))
                .isEqualTo(1);
        try {
            assertThat(differences(Layer.DISPATCH))
                    .anyMatch(d -> d.get("key").asText().contains(shop.sku));
        } finally {
            tamper(Layer.WAREHOUSE, "UPDATE shelf_stock SET available = available + 1 WHERE sku = ?", shop.sku);
        }
    }

    @Test
    void a_unit_lost_at_one_warehouse_is_found_by_its_own_reconciliation_and_audit_and_not_by_anothers()
            throws SQLException {
        Shop shop = Shop.open("parts");
        String other = shop.warehouse + "-2";
        shop.addWarehouse(other, 2, 1);
        shop.share(shop.warehouse, other);
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.receiveUnits(other, "A-1", 10);
        shop.awaitSellable(20);
        Rest dispatch = RunningPlatform.rest(Layer.DISPATCH, Role.OPERATOR);
        Rest warehouse = RunningPlatform.rest(Layer.WAREHOUSE, Role.OPERATOR);
        assertThat(dispatch.check("/v1/reconciliations?warehouse=" + shop.warehouse)
                        .get("differences"))
                .isEmpty();

        // Both warehouses' stock of the SKU.
        assertThat(tamper(Layer.WAREHOUSE, "UPDATE shelf_stock SET available = available - 1 WHERE sku = ?", shop.sku))
                .isEqualTo(2);
        assertThat(tamper(Layer.DISPATCH, "UPDATE cell_stock SET held = held + 3 WHERE sku = ?", shop.sku))
                .isEqualTo(2);
        try {
            for (String code : List.of(shop.warehouse, other)) {
                JsonNode compared = dispatch.check("/v1/reconciliations?warehouse=" + code);
                assertThat(compared.get("warehouse").asText()).isEqualTo(code);
                assertThat(compared.get("differences").findValuesAsText("key"))
                        .containsExactly(code + "/MAIN/ACME/NORMAL/" + shop.sku);
                assertThat(compared.at("/differences/0/here").asLong()).isEqualTo(13);
                assertThat(compared.at("/differences/0/there").asLong()).isEqualTo(9);

                for (Rest layer : List.of(dispatch, warehouse)) {
                    JsonNode audited = layer.check("/v1/audits?warehouse=" + code);
                    assertThat(audited.get("warehouse").asText()).isEqualTo(code);
                    assertThat(audited.get("differences").findValuesAsText("key"))
                            .hasSize(1)
                            .allMatch(key -> key.startsWith(code + '/') && key.contains(shop.sku));
                }
            }
            for (String check : List.of("/v1/audits", "/v1/reconciliations")) {
                assertThat(dispatch.check(check + "?warehouse=NOWHERE").get("differences"))
                        .isEmpty();
                Rest.Answer refused =
                        RunningPlatform.rest(Layer.SALES, Role.OPERATOR).post(check + "?warehouse=" + other, null);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.body().get("field").asText()).isEqualTo("warehouse");
            }
        } finally {
            tamper(Layer.WAREHOUSE, "UPDATE shelf_stock SET available = available + 1 WHERE sku = ?", shop.sku);
            tamper(Layer.DISPATCH, "UPDATE cell_stock SET held = held - 3 WHERE sku = ?", shop.sku);
        }
    }

    @Test
    void the_ledger_refuses_every_change_even_to_its_owner() {
        Shop shop = Shop.open("append");
        shop.receiveUnits(shop.warehouse, "A-1", 1);
        shop.awaitSellable(1);
        for (Layer layer : Layer.values()) {
            for (String sql : List.of(
                    "UPDATE ledger SET quantity = quantity + 1 WHERE document_number <> ?",
                    "DELETE FROM ledger WHERE document_number <> ?")) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> tamper(layer, sql, "none")))
                        .as(layer + ": " + sql)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("append-only");
            }
        }
    }
}
