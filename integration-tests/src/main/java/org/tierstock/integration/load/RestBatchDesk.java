package org.tierstock.integration.load;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Through REST, many documents in one request. */
final class RestBatchDesk implements OrderDesk {
    private final LayerClient sales;

    RestBatchDesk(LayerClient sales) {
        this.sales = sales;
    }

    @Override
    public List<Told<String>> place(List<KeptOrder> orders) {
        return each("/v1/orders/batch", "orders", orders, RestDesk::order, RestDesk::placed);
    }

    @Override
    public List<Told<KeptOrder.Payment>> pay(List<KeptOrder> orders) {
        return each(
                "/v1/orders/payments", "payments", orders, order -> of(order, RestDesk.payment(order)), RestDesk::paid);
    }

    @Override
    public List<Told<List<CancelledLine>>> cancel(List<Cancellation> cancellations) {
        return each(
                "/v1/orders/cancellations",
                "cancellations",
                cancellations,
                cancellation -> of(cancellation.order(), RestDesk.cancellation(cancellation)),
                RestDesk::cancelled);
    }

    @Override
    public String toString() {
        return "REST batch";
    }

    private <D, T> List<Told<T>> each(
            String path,
            String list,
            List<D> documents,
            Function<D, Map<String, Object>> written,
            Function<LayerClient.Answer, Told<T>> told) {
        return sales.postEach(path, list, documents.stream().map(written).toList()).stream()
                .map(told)
                .toList();
    }

    /** In a batch a document says itself which order it is about. */
    private static Map<String, Object> of(KeptOrder order, Map<String, Object> document) {
        document.put("orderNumber", order.number());
        return document;
    }
}
