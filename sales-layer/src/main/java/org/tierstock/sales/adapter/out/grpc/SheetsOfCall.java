package org.tierstock.sales.adapter.out.grpc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.sales.application.port.OrderSheets;
import org.tierstock.sales.domain.OrderNumber;

/**
 * The sheets that go with one call, one an order. Read when it is made and not kept: paying and cancelling stay as cheap as they
 * were. An order of thousands of lines goes without when it comes with others of its kind.
 */
@ApplicationScoped
class SheetsOfCall {
    /** The most characters of all sheets of a call: at three bytes each they and its lines stay below the 4 MiB of a call. */
    private static final int MOST = 1_000_000;

    private final OrderSheets orderSheets;

    @Inject
    SheetsOfCall(OrderSheets orderSheets) {
        this.orderSheets = orderSheets;
    }

    /** The sheets of these orders, as far as there is room for them. */
    Map<OrderNumber, String> of(Collection<OrderNumber> orders) {
        Map<OrderNumber, String> fitting = new LinkedHashMap<>();
        int left = MOST;
        for (Map.Entry<OrderNumber, String> sheet : orderSheets.of(orders).entrySet()) {
            int length = sheet.getValue().length();
            if (length <= Math.min(left, HandOver.MAX_SHEET)) {
                fitting.put(sheet.getKey(), sheet.getValue());
                left -= length;
            }
        }
        return fitting;
    }
}
