package org.tierstock.local;

import java.util.Locale;
import java.util.Map;

/** The queues by which layers send each other messages. */
enum Queue {
    SALES_TO_DISPATCH(Layer.SALES, Layer.DISPATCH),
    DISPATCH_TO_SALES(Layer.DISPATCH, Layer.SALES),
    WAREHOUSE_TO_DISPATCH(Layer.WAREHOUSE, Layer.DISPATCH);

    private final Layer sender;
    private final Layer receiver;

    Queue(Layer sender, Layer receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    Layer sender() {
        return sender;
    }

    Layer receiver() {
        return receiver;
    }

    /** Its name at the broker, as services that have these variables know it. */
    String address(Map<String, String> environment) {
        String usual = "tierstock." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        return environment.getOrDefault("TIERSTOCK_QUEUE_" + name(), usual);
    }
}
