package org.tierstock.warehouse.domain;

import java.util.Comparator;
import org.tierstock.movements.Code;

/**
 * Where an outbound's goods lie: one batch at one location.
 *
 * @param staging true when the location is one where picked goods wait for their shipment
 */
public record Place(String batch, String location, boolean staging) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::staging, Comparator.reverseOrder())
            .thenComparing(Place::location)
            .thenComparing(Place::batch);

    public Place {
        Code.of("batch", batch);
        Code.of("location", location);
    }

    /** Staging first, since picked goods are shipped before others. */
    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
