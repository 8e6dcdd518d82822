package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.protocol.Message;

class SimulationTest {
    private static final int SEEDS = 2_000;
    private static final int STEPS = 500;

    /** More kinds of documents make histories dearer, not the test longer: then there are fewer of them. */
    private static final Duration BUDGET = Duration.ofSeconds(90);

    /** It books away a difference, and histories that have one have failed: see LostUnitTest. */
    private static final DocumentKind MENDS_WHAT_NEVER_HAPPENS = DocumentKind.RECONCILIATION_ADJUSTMENT;

    @Test
    void the_equations_hold_after_every_transaction_of_two_thousand_histories() {
        Parts sound = new Parts();

        Simulation.Outcome outcome = new Simulation(1, SEEDS, STEPS, sound).run(BUDGET);

        System.out.println(outcome.text());
        assertThat(outcome.found()
                        .map(found -> Failure.of(found.seed(), STEPS, sound).text()))
                .isEmpty();
        for (Happenings.Kind kind : Happenings.Kind.values()) {
            assertThat(outcome.happenings().of(kind))
                    .as("histories come to %s", kind)
                    .isPositive();
        }
        assertThat(outcome.happenings().documents().keySet())
                .isEqualTo(EnumSet.complementOf(EnumSet.of(MENDS_WHAT_NEVER_HAPPENS)));
        assertThat(outcome.happenings().messages().keySet())
                .containsExactlyInAnyOrderElementsOf(kindsOf(Message.class).toList());
    }

    /** The records that a sealed interface permits, however deep. */
    private static <T> Stream<Class<? extends T>> kindsOf(Class<T> sealed) {
        return sealed.isSealed()
                ? Stream.of(sealed.getPermittedSubclasses()).flatMap(kind -> kindsOf(kind.asSubclass(sealed)))
                : Stream.of(sealed);
    }

    @Test
    void the_directed_histories_hold_when_nothing_is_missing() {
        for (Planted planted : Planted.all()) {
            if (planted.directed() != null) {
                assertThat(History.broken(() -> planted.directed().play(new Stage(new Parts()))))
                        .as(planted.protection())
                        .isEmpty();
            }
        }
    }
}
