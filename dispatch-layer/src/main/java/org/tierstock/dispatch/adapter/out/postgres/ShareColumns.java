package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.tierstock.dispatch.domain.AllotmentRule.Share;

/** A share of an allotment rule as Hibernate stores it. */
@Embeddable
class ShareColumns {
    String channel;

    @Column(name = "delivery_method")
    String deliveryMethod;

    @Column(name = "ship_region")
    String shipRegion;

    long weight;
    long quantity;

    static ShareColumns of(Share share) {
        ShareColumns columns = new ShareColumns();
        columns.channel = share.channel();
        columns.deliveryMethod = share.deliveryMethod();
        columns.shipRegion = share.shipRegion();
        columns.weight = share.weight();
        columns.quantity = share.quantity();
        return columns;
    }

    Share share() {
        return new Share(channel, deliveryMethod, shipRegion, weight, quantity);
    }
}
