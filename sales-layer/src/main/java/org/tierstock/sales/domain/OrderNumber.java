package org.tierstock.sales.domain;

import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;

/** The number of an order: the channel and the channel's own number. It makes placing idempotent. */
public record OrderNumber(String channel, String channelOrderNumber) implements Comparable<OrderNumber> {
    public OrderNumber {
        Code.of("channel", channel);
        Code.of("channelOrderNumber", channelOrderNumber);
    }

    /** The text form: channel:channelOrderNumber. */
    public String text() {
        return channel + ':' + channelOrderNumber;
    }

    /**
     * The number of that text form.
     *
     * @throws InvalidValue when it is none
     */
    public static OrderNumber parse(String text) {
        int colon = text == null ? -1 : text.indexOf(':');
        if (colon < 0) {
            throw new InvalidValue("orderNumber", "must be channel:channelOrderNumber");
        }
        return new OrderNumber(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(OrderNumber other) {
        int byChannel = channel.compareTo(other.channel);
        return byChannel != 0 ? byChannel : channelOrderNumber.compareTo(other.channelOrderNumber);
    }

    @Override
    public String toString() {
        return text();
    }
}
