package org.tierstock.warehouse.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.testing.InMemoryChanges;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.DefineMasters.Definition;
import org.tierstock.warehouse.domain.DefineOutcome;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.Warehouse;
import org.tierstock.warehouse.fake.InMemoryMasterRecords;

class DefineMastersTest {
    private static final Actor ALICE = new Actor("alice", "jti-1", "0af7651916cd43dd8448eb211c80319c");

    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryMasterRecords masters = new InMemoryMasterRecords(transactions);
    private final InMemoryChanges changes = new InMemoryChanges(transactions);
    private final DefineMasters defineMasters =
            new DefineMasters(masters.warehouses(), masters.owners(), masters.articles(), masters.locations(), changes);

    @Test
    void a_new_warehouse_has_a_staging_location() {
        assertThat(define(warehouse("WH1", "One", OptionalLong.empty()))).isEqualTo(new DefineOutcome.Defined(1, true));

        assertThat(masters.locations().find("WH1", Warehouse.STAGING))
                .contains(new Location("WH1", "STAGING", Location.Kind.STAGING));
    }

    @Test
    void a_change_raises_the_version_and_a_repetition_does_not() {
        define(owner("One", OptionalLong.empty()));

        assertThat(define(owner("Two", OptionalLong.empty()))).isEqualTo(new DefineOutcome.Defined(2, false));
        assertThat(define(owner("Two", OptionalLong.empty()))).isEqualTo(new DefineOutcome.Defined(2, false));
    }

    @Test
    void a_change_of_an_older_version_is_refused() {
        define(owner("One", OptionalLong.empty()));
        define(owner("Two", OptionalLong.of(1)));

        assertThat(define(owner("Three", OptionalLong.of(1)))).isEqualTo(new DefineOutcome.VersionDiffers());
        assertThat(masters.owners().hold("OWN").orElseThrow().master().name()).isEqualTo("Two");
    }

    @Test
    void a_change_of_what_is_not_there_is_refused_when_a_version_is_expected() {
        assertThat(define(owner("One", OptionalLong.of(1)))).isEqualTo(new DefineOutcome.VersionDiffers());
    }

    @Test
    void a_location_belongs_to_a_known_warehouse_and_keeps_its_kind() {
        assertThat(define(location(Location.Kind.STORAGE))).isEqualTo(new DefineOutcome.UnknownWarehouse());
        define(warehouse("WH1", "One", OptionalLong.empty()));

        assertThat(define(location(Location.Kind.STORAGE))).isEqualTo(new DefineOutcome.Defined(1, true));
        assertThat(define(location(Location.Kind.STORAGE))).isEqualTo(new DefineOutcome.Defined(1, false));
        assertThat(define(location(Location.Kind.STAGING)))
                .isEqualTo(new DefineOutcome.KindIsFixed(Location.Kind.STORAGE));
    }

    @Test
    void every_change_is_recorded_with_who_made_it_and_what_was_before_and_after_and_nothing_else_is() {
        define(owner("One", OptionalLong.empty()));
        define(owner("One", OptionalLong.empty()));
        define(owner("Two", OptionalLong.of(7)));
        define(owner("Two", OptionalLong.of(1)));

        assertThat(changes.all())
                .containsExactly(
                        new Change("OWNER", "OWN", 1, null, new Owner("OWN", "One"), ALICE),
                        new Change("OWNER", "OWN", 2, new Owner("OWN", "One"), new Owner("OWN", "Two"), ALICE));
    }

    @Test
    void a_new_warehouse_is_recorded_with_its_staging_location() {
        define(warehouse("WH1", "One", OptionalLong.empty()));

        assertThat(changes.all())
                .extracting(change -> change.kind() + ' ' + change.code())
                .containsExactly("WAREHOUSE WH1", "LOCATION WH1/STAGING");
    }

    private DefineOutcome define(Definition definition) {
        return transactions
                .inTransaction(() -> defineMasters.define(List.of(new Signed<>(definition, ALICE))))
                .getFirst();
    }

    private static Definition warehouse(String code, String name, OptionalLong expected) {
        return new Definition.OfWarehouse(new Warehouse(code, name), expected);
    }

    private static Definition owner(String name, OptionalLong expected) {
        return new Definition.OfOwner(new Owner("OWN", name), expected);
    }

    private static Definition location(Location.Kind kind) {
        return new Definition.OfLocation(new Location("WH1", "A-1", kind));
    }
}
