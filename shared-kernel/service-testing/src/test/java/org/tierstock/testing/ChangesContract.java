package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;

/** What every record of changes promises. */
interface ChangesContract {
    /** A record as layers have them. */
    record Shelf(String code, Sku sku, List<String> regions, Integer weight) {}

    Shelf OLD = new Shelf("EAST", new Sku("tea"), List.of("north", "south"), null);
    Shelf NEW = new Shelf("EAST", new Sku("tea"), List.of(), 7);
    Actor ALICE = new Actor("alice", "jti-1", "0af7651916cd43dd8448eb211c80319c");
    Actor BOB = new Actor("bob", null, "4bf92f3577b34da6a3ce929d0e0e4736");

    Transactions transactions();

    Changes changes();

    /** Kind, code, version and subject of each change that stands, oldest first. */
    List<String> standing();

    @Test
    default void what_is_recorded_stands_in_its_order_when_the_transaction_commits() {
        transactions().inTransaction(() -> {
            changes()
                    .append(List.of(
                            new Change("SHELF", "EAST", 1, null, OLD, ALICE),
                            new Change("SHELF", "EAST", 2, OLD, NEW, BOB)));
            changes().append(List.of(new Change("CRATE", "C/1", 1, null, NEW, BOB)));
        });

        assertThat(standing()).containsExactly("SHELF EAST 1 alice", "SHELF EAST 2 bob", "CRATE C/1 1 bob");
    }

    @Test
    default void what_is_rolled_back_was_never_recorded() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions().inTransaction(() -> {
                    changes().append(List.of(new Change("SHELF", "EAST", 1, null, OLD, ALICE)));
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(standing()).isEmpty();
    }

    @Test
    default void nothing_to_record_records_nothing() {
        transactions().inTransaction(() -> changes().append(List.of()));

        assertThat(standing()).isEmpty();
    }
}
