package org.tierstock.integration.simulation;

import java.util.List;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.warehouse.domain.StockKey;

/** The goods of the simulated shop, where they lie and who sells them. */
final class Goods {
    static final String NORTH = "NORTH";
    static final String SOUTH = "SOUTH";
    static final List<String> REGIONS = List.of(NORTH, SOUTH);
    static final String EXPRESS = "EXPRESS";
    static final String OWNER = "OWN";

    /** Of two stock partitions. */
    static final List<Sku> SKUS = List.of(new Sku("TEA"), new Sku("INK"));

    static final List<String> NODES = List.of("A", "B", "C");
    static final List<String> LOCATIONS = List.of("A-1", "A-2");
    static final List<String> BATCHES = List.of("B1", "B2");

    /** Every key that stock is promised to. */
    static final List<ChannelKey> KEYS = SKUS.stream()
            .flatMap(sku -> List.of(key("WEB", NORTH, sku), key("SHOP", NORTH, sku), key("WEB", SOUTH, sku)).stream())
            .toList();

    private Goods() {}

    static ChannelKey key(String source, String region, Sku sku) {
        return new ChannelKey(source, EXPRESS, Quality.NORMAL, region, sku);
    }

    static NodeKey at(String node) {
        return new NodeKey(node, "MAIN", OWNER, Quality.NORMAL);
    }

    static Cell cell(String node, Sku sku) {
        return new Cell(at(node), sku);
    }

    static StockKey shelf(String node, Sku sku, String batch, String location) {
        return new StockKey(node, "MAIN", OWNER, sku, batch, Quality.NORMAL, location);
    }
}
