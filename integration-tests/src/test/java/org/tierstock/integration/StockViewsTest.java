package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;

/** How the dispatch layer shows stock: by node, by region and in total, and explained. */
class StockViewsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Rest dispatch = RunningPlatform.rest(Layer.DISPATCH, Role.OPERATOR);

    private List<JsonNode> view(String view, String sku) {
        List<JsonNode> rows = new ArrayList<>();
        dispatch.get("/v1/stock?view=" + view + "&sku=" + sku)
                .ok()
                .body()
                .get("items")
                .forEach(rows::add);
        return rows;
    }

    private static long onHand(List<JsonNode> rows, String field, String value) {
        return rows.stream()
                .filter(row -> row.get(field).asText().equals(value))
                .mapToLong(row -> row.get("onHand").asLong())
                .sum();
    }

    @Test
    @DisplayName("S37, S38: one node, one region, everything; and a region is not sold what no node may ship there")
    void s37_node_region_total() {
        Shop shop = Shop.open("views");
        String elsewhere = shop.region + "-ELSEWHERE";
        String far = shop.warehouse + "-FAR";
        shop.addWarehouse(far, 2, 1);
        shop.serve(far, elsewhere, 2);
        shop.share(shop.warehouse, far);

        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.receiveUnits(far, "A-1", 7);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shop.dispatchBucket("onHand")).isEqualTo(17));
        assertThat(onHand(view("node", shop.sku), "node", shop.warehouse)).isEqualTo(10);
        assertThat(onHand(view("node", shop.sku), "node", far)).isEqualTo(7);
        assertThat(onHand(view("region", shop.sku), "region", shop.region)).isEqualTo(10);
        assertThat(onHand(view("region", shop.sku), "region", elsewhere)).isEqualTo(7);
        shop.awaitSellable(10);
        assertThat(shop.place(11).code()).isEqualTo("INSUFFICIENT_STOCK");
    }

    @Test
    @DisplayName("S62: S = I - O - U - L + V - T, each term with its documents")
    void s62_explained() {
        Shop shop = Shop.open("explain");
        shop.receiveUnits(shop.warehouse, "A-1", 20);
        shop.awaitSellable(20);
        String order = shop.placed(6);
        shop.pay(order).ok();
        shop.awaitLocked(order, 6);
        shop.count(shop.warehouse, "A-1", 18);
        shop.awaitSellable(12);

        JsonNode explanation =
                dispatch.get("/v1/stock/explanation?sku=" + shop.sku).ok().body();

        JsonNode total = explanation.get("total");
        assertThat(term(total, "sellable"))
                .isEqualTo(12)
                .isEqualTo(term(total, "onHand")
                        - term(total, "ordered")
                        - term(total, "unsellable")
                        - term(total, "held")
                        + term(total, "virtual")
                        - term(total, "transfer"));
        assertThat(List.of(term(total, "onHand"), term(total, "ordered"))).containsExactly(18L, 6L);
        JsonNode cell = explanation.get("cells").get(0);
        assertThat(cell.get("node").asText()).isEqualTo(shop.warehouse);
        assertThat(cell.get("documents"))
                .extracting(document -> document.get("kind").asText())
                .contains("PURCHASE_RECEIPT", "STOCKTAKE");
        assertThat(cell.get("documents"))
                .anyMatch(document -> document.get("number").asText().equals(order)
                        && document.get("quantity").asLong() == 6);
    }

    private static long term(JsonNode terms, String name) {
        return terms.get(name).asLong();
    }
}
