package org.tierstock.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.load.Acknowledged;
import org.tierstock.integration.load.Traffic;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;

class FaultReportTest {
    private static final Schedule.Round QUIET = killing("sales-0");
    private static final Schedule.Round DATABASE_DIES = killing("postgres");

    private final FaultCounts counts = new FaultCounts();

    @Test
    void the_last_lines_tell_how_often_each_kind_of_fault_has_happened_and_to_whom() {
        EnumSet.allOf(FaultKind.class).forEach(kind -> counts.happened(kind, "first"));
        counts.happened(FaultKind.HELD_SNAPSHOT, "sales");
        counts.happened(FaultKind.HELD_SNAPSHOT, "sales");

        FaultReport report = report(Set.of(), List.of());

        assertThat(report.text().lines().skip(report.text().lines().count() - 1 - 2L * FaultKind.values().length))
                .map(line -> line.replaceAll(" +", " "))
                .containsExactly(
                        "kills 1",
                        "killsOf {first=1}",
                        "stalls 1",
                        "stallsOf {first=1}",
                        "networkFaults 1",
                        "networkFaultsOf {first=1}",
                        "oneWayCuts 1",
                        "oneWayCutsOf {first=1}",
                        "brokerStoresLost 1",
                        "brokerStoresLostOf {first=1}",
                        "snapshotsHeld 3",
                        "snapshotsHeldOf {first=1, sales=2}",
                        "monthsMissing 1",
                        "monthsMissingOf {first=1}",
                        "failOvers 1",
                        "failOversOf {first=1}",
                        "breaches []");
        assertThat(report.json()).contains("\"snapshotsHeld\":3", "\"failOversOf\":{\"first\":1}");
    }

    @Test
    void a_run_that_never_did_a_harm_that_it_was_to_do_says_which() {
        for (FaultKind kind : FaultKind.values()) {
            assertThat(report(EnumSet.allOf(FaultKind.class), List.of()).breaches())
                    .contains(kind.absence());
            counts.happened(kind, "somebody");
            assertThat(report(EnumSet.allOf(FaultKind.class), List.of()).breaches())
                    .doesNotContain(kind.absence());
        }
        assertThat(report(EnumSet.allOf(FaultKind.class), List.of()).breaches()).isEmpty();
        assertThat(FaultKind.FAIL_OVER.absence())
                .isEqualTo("This run shows less than it should: no database fell back to an older state.");
    }

    @Test
    void a_run_that_was_not_to_do_a_harm_is_well_without_it() {
        assertThat(report(Set.of(), List.of()).breaches()).isEmpty();
    }

    @Test
    void a_run_that_broke_early_says_what_broke_it_and_not_what_would_have_come_later() {
        assertThat(report(EnumSet.allOf(FaultKind.class), List.of("a unit is lost"))
                        .breaches())
                .containsExactly("a unit is lost");
    }

    @Test
    void what_a_run_is_to_do_follows_from_how_many_rounds_it_had() {
        assertThat(FaultKind.due(List.of(), false)).containsExactly(FaultKind.ONE_WAY_CUT, FaultKind.MISSING_MONTH);
        assertThat(FaultKind.due(List.of(QUIET), false))
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(FaultKind.LOST_STORE, FaultKind.FAIL_OVER)));
        assertThat(FaultKind.due(List.of(QUIET, QUIET), false))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(FaultKind.FAIL_OVER)));
        assertThat(FaultKind.due(List.of(QUIET, QUIET), true))
                .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(FaultKind.class));
    }

    @Test
    void a_snapshot_need_not_be_held_to_the_end_of_rounds_in_which_its_server_dies() {
        assertThat(FaultKind.due(List.of(DATABASE_DIES), true)).doesNotContain(FaultKind.HELD_SNAPSHOT);
        assertThat(FaultKind.due(List.of(DATABASE_DIES, QUIET), true)).contains(FaultKind.HELD_SNAPSHOT);
    }

    private FaultReport report(Set<FaultKind> due, List<String> breaches) {
        LocalPlatform notStarted =
                new LocalPlatform(PlatformSettings.builder().throwAway().build());
        Strokes strokes = new Strokes(notStarted, counts, line -> {});
        return new FaultReport(1, 60, 1, new Acknowledged(), new Traffic(), strokes, due, 0, 0, breaches);
    }

    private static Schedule.Round killing(String victim) {
        return new Schedule.Round(List.of(new Fault.Kill(List.of(victim), Duration.ZERO, Duration.ZERO)), List.of());
    }
}
