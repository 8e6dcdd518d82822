package org.tierstock.movements;

import java.util.Comparator;
import java.util.Objects;

/**
 * What the dispatch layer promises stock to and the sales layer sells from (S10): the sales layer's key without its
 * pool. Compared and locked in the order of its SKU first.
 *
 * @param channel the stock source: a channel's own code, or a code that several channels share (S74)
 */
public record ChannelKey(String channel, String deliveryMethod, Quality quality, String shipRegion, Sku sku)
        implements Comparable<ChannelKey> {
    private static final Comparator<ChannelKey> ORDER = Comparator.comparing(ChannelKey::sku)
            .thenComparing(ChannelKey::channel)
            .thenComparing(ChannelKey::deliveryMethod)
            .thenComparing(ChannelKey::quality)
            .thenComparing(ChannelKey::shipRegion);

    public ChannelKey {
        Code.of("channel", channel);
        Code.of("deliveryMethod", deliveryMethod);
        Objects.requireNonNull(quality, "quality");
        Code.of("shipRegion", shipRegion);
        Objects.requireNonNull(sku, "sku");
    }

    /** The text form: channel/deliveryMethod/quality/shipRegion/sku. */
    public String text() {
        return channel + '/' + deliveryMethod + '/' + quality + '/' + shipRegion + '/' + sku.code();
    }

    /**
     * The key of that text form.
     *
     * @throws InvalidValue when it is none
     */
    public static ChannelKey parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 5) {
            throw new InvalidValue("key", "must be channel/deliveryMethod/quality/shipRegion/sku");
        }
        return new ChannelKey(parts[0], parts[1], Quality.named(parts[2]), parts[3], new Sku(parts[4]));
    }

    @Override
    public int compareTo(ChannelKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
