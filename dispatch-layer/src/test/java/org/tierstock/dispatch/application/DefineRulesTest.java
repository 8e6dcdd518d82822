package org.tierstock.dispatch.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.dispatch.application.DefineRules.Definition;
import org.tierstock.dispatch.domain.Fixtures;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.dispatch.fake.InMemoryAdapters;
import org.tierstock.runtime.changes.Change;

class DefineRulesTest {
    private final InMemoryAdapters adapters = new InMemoryAdapters();
    private final DispatchLayer dispatch = new DispatchLayer(adapters);

    @Test
    void every_change_is_recorded_with_who_made_it_and_what_was_before_and_after_and_nothing_else_is() {
        define(new Definition.OfRegion(new Region("NORTH", "North"), null));
        define(new Definition.OfRegion(new Region("NORTH", "North"), 1L));
        define(new Definition.OfRegion(new Region("NORTH", "Nord"), 7L));
        define(new Definition.OfRegion(new Region("NORTH", "Nord"), 1L));
        define(new Definition.OfNode(Fixtures.node("A", 1, "NORTH"), null));
        define(new Definition.OfNode(Fixtures.node("B", 1, "NOWHERE"), null));

        assertThat(adapters.changes.all())
                .containsExactly(
                        new Change("REGION", "NORTH", 1, null, new Region("NORTH", "North"), Fixtures.PLANNER),
                        new Change(
                                "REGION",
                                "NORTH",
                                2,
                                new Region("NORTH", "North"),
                                new Region("NORTH", "Nord"),
                                Fixtures.PLANNER),
                        new Change("NODE", "A", 1, null, Fixtures.node("A", 1, "NORTH"), Fixtures.PLANNER));
    }

    private void define(Definition definition) {
        adapters.transactions.inTransaction(() -> dispatch.defineRules.define(List.of(Fixtures.signed(definition))));
    }
}
