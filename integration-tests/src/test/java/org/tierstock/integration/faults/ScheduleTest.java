package org.tierstock.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final List<String> PROCESSES = List.of("postgres", "broker", "sales-0", "dispatch-0", "warehouse-0");

    private final Links links = new Links();

    @AfterEach
    void close() {
        links.close();
    }

    private Schedule schedule(long seed) {
        if (links.all().isEmpty()) {
            for (String service : List.of("sales-0", "dispatch-0", "warehouse-0")) {
                links.address(Links.CLIENT, service, "127.0.0.1:1");
                links.address(service, "postgres", "127.0.0.1:1");
                links.address(service, "broker", "127.0.0.1:1");
            }
            links.address("sales-0", "dispatch-0", "127.0.0.1:1");
        }
        return new Schedule(seed, PROCESSES, links.all());
    }

    private List<Fault> rounds(long seed, int count) {
        Schedule schedule = schedule(seed);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Schedule.Round round = schedule.next();
            faults.addAll(round.processes());
            faults.addAll(round.network());
        }
        return faults;
    }

    @Test
    void a_seed_is_one_schedule() {
        assertThat(rounds(7, 5)).isEqualTo(rounds(7, 5)).isNotEqualTo(rounds(8, 5));
    }

    @Test
    void every_process_dies_and_stalls_and_every_link_and_every_harm_has_its_turn() {
        List<Fault> faults = rounds(1, 10);

        assertThat(of(Fault.Kill.class, faults).flatMap(kill -> kill.victims().stream()))
                .containsAll(PROCESSES);
        assertThat(of(Fault.Stall.class, faults).map(Fault.Stall::victim)).containsAll(PROCESSES);
        assertThat(of(Fault.Network.class, faults).map(Fault.Network::link)).containsAll(links.all());
        assertThat(of(Fault.Network.class, faults).map(Fault.Network::harm)).contains(Harm.values());
    }

    @Test
    void one_replica_is_cut_off_from_one_other_layer_for_the_whole_run_and_its_other_ways_have_their_turn() {
        for (String service : List.of("sales-0", "sales-1")) {
            links.address(service, "broker", "127.0.0.1:1");
            for (String called : List.of("dispatch-0", "dispatch-1")) {
                links.address(service, called, "127.0.0.1:1");
            }
        }
        Schedule schedule = schedule(1);

        assertThat(schedule.severed()).hasSize(2);
        assertThat(schedule.severed().stream().map(Link::caller)).containsOnly("sales-1");
        assertThat(Stream.generate(schedule::next)
                        .limit(10)
                        .flatMap(round -> round.network().stream())
                        .map(Fault.Network::link))
                .doesNotContainAnyElementsOf(schedule.severed())
                .contains(links.all().stream()
                        .filter(link -> !schedule.severed().contains(link))
                        .toArray(Link[]::new));
    }

    @Test
    void the_broker_loses_its_files_now_and_then() {
        assertThat(of(Fault.LostStore.class, rounds(1, 9))).hasSize(3);
    }

    private static <F extends Fault> Stream<F> of(Class<F> kind, List<Fault> faults) {
        return faults.stream().filter(kind::isInstance).map(kind::cast);
    }
}
