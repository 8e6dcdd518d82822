package org.tierstock.warehouse.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.DefineMasters.Definition;
import org.tierstock.warehouse.domain.DefineOutcome;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.Warehouse;
import org.tierstock.warehouse.fake.InMemoryMasterRecords;

class DefineMastersTest {
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryMasterRecords masters = new InMemoryMasterRecords(transactions);
    private final DefineMasters defineMasters =
            new DefineMasters(masters.warehouses(), masters.owners(), masters.articles(), masters.locations());

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

    private DefineOutcome define(Definition definition) {
        return transactions
                .inTransaction(() -> defineMasters.define(List.of(definition)))
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
