package org.tierstock.sales.adapter.out.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.tierstock.sales.application.port.VersionedChannel;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;

/** A channel as Hibernate stores it. */
@Entity
@Table(name = "channel")
class ChannelEntity {
    @Id
    String code;

    String name;

    @Column(name = "stock_source")
    String stockSource;

    @Column(name = "deduction_mode")
    @Enumerated(EnumType.STRING)
    DeductionMode deductionMode;

    @Column(name = "hold_seconds")
    long holdSeconds;

    @Column(name = "delivery_method")
    String deliveryMethod;

    @Column(name = "ship_region")
    String shipRegion;

    long version;

    /** Takes everything but the code over. */
    void take(Channel channel) {
        name = channel.name();
        stockSource = channel.stockSource();
        deductionMode = channel.deductionMode();
        holdSeconds = channel.holdSeconds();
        deliveryMethod = channel.deliveryMethod();
        shipRegion = channel.shipRegion();
        version++;
    }

    VersionedChannel asChannel() {
        return new VersionedChannel(
                new Channel(code, name, stockSource, deductionMode, holdSeconds, deliveryMethod, shipRegion), version);
    }
}
