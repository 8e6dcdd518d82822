package org.tierstock.warehouse.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Book;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ConservationBroken;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;

class OutboundTest {
    private static final Cell CELL = new Cell(new NodeKey("WH1", "MAIN", "OWN", Quality.NORMAL), new Sku("COLA"));
    private static final Place SHELF = new Place("B1", "A-1", false);
    private static final Place OTHER_SHELF = new Place("B1", "A-2", false);
    private static final Place STAGING = new Place("B1", "STAGING", true);

    @Test
    void its_units_always_add_up() {
        assertThatExceptionOfType(ConservationBroken.class)
                .isThrownBy(() -> new Outbound(order(10), 0, 3, 2, 1, 1, rows(Map.of(SHELF, 4L))));
    }

    @Test
    void picked_is_what_lies_at_staging() {
        Outbound outbound = new Outbound(order(10), 0, 0, 0, 0, 0, rows(Map.of(SHELF, 4L, STAGING, 6L)));

        assertThat(outbound.locked()).isEqualTo(10);
        assertThat(outbound.picked()).isEqualTo(6);
    }

    @Test
    void a_release_takes_from_several_shelves_and_never_from_staging() {
        Outbound outbound =
                new Outbound(order(10), 0, 0, 0, 0, 0, rows(Map.of(SHELF, 4L, OTHER_SHELF, 3L, STAGING, 3L)));
        Book<StockKey, WarehouseBucket> book = new Book<>(WarehouseBucket.class);
        outbound.rows().forEach((place, units) -> book.open(outbound.key(place), WarehouseBucket.LOCKED, units));

        Outbound.Release release = outbound.release("CX1", 100, book);

        assertThat(release.released()).isEqualTo(7);
        assertThat(release.outbound().rows()).isEqualTo(Map.of(STAGING, 3L));
        assertThat(release.outbound().released()).isEqualTo(7);
        assertThat(book.balance(outbound.key(SHELF), WarehouseBucket.AVAILABLE)).isEqualTo(4);
        assertThat(book.balance(outbound.key(STAGING), WarehouseBucket.LOCKED)).isEqualTo(3);
    }

    @Test
    void more_than_it_holds_at_a_place_cannot_be_taken_there() {
        Outbound outbound = new Outbound(order(4), 0, 0, 0, 0, 0, rows(Map.of(SHELF, 4L)));

        assertThatExceptionOfType(ConservationBroken.class).isThrownBy(() -> outbound.shipped(SHELF, 5));
        assertThatExceptionOfType(ConservationBroken.class).isThrownBy(() -> outbound.lost(STAGING, 1));
    }

    private static TreeMap<Place, Long> rows(Map<Place, Long> rows) {
        return new TreeMap<>(rows);
    }

    private static OutboundOrder order(long quantity) {
        return new OutboundOrder("OB1", 1, "web:1", 1, CELL, quantity, "", "", "", "", new PeerJournal(1, 1));
    }
}
