package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** The caller's trace id is found in the logs of every service that an order passes. */
class TraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void an_order_is_followed_through_all_three_services_by_its_trace_id() throws IOException {
        Shop shop = Shop.open("trace");
        shop.receiveUnits(shop.warehouse, "A-1", 3);
        shop.awaitSellable(3);
        Rest sales = new Rest(
                RunningPlatform.get().url(Layer.SALES), RunningPlatform.get().token(Role.CHANNEL, Scopes.ALL));

        Rest.Answer placed = sales.sendText(
                "POST",
                "/v1/orders",
                Rest.JSON.writeValueAsString(shop.order("TRACED", 1)),
                Map.of("Content-Type", "application/json", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
        String order = placed.ok().body().get("orderNumber").asText();
        shop.pay(order).ok();
        shop.awaitLocked(order, 1);

        for (Layer layer : Layer.values()) {
            RunningPlatform.awaitLogged(layer, TRACE);
        }
        assertThat(RunningPlatform.logged(Layer.SALES, "addressReference")).isFalse();
    }
}
