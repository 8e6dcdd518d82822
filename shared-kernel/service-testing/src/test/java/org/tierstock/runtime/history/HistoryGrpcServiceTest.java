package org.tierstock.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tierstock.protocol.v1.MeetRequest;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.problem.Problem;

/** Who may say from which layer a call is. */
class HistoryGrpcServiceTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HistoryGrpcService warehouse = new HistoryGrpcService(
            null,
            null,
            null,
            null,
            new Peers() {
                @Override
                Set<String> names() {
                    return Set.of("dispatch");
                }
            },
            new RefusedCalls(meters),
            null,
            "warehouse");

    @Test
    void whatever_layer_a_call_names_that_is_not_its_callers_is_refused_as_anothers_and_counted() {
        List<String> names = List.of("dispatch", "sales", "nobody", "\n");
        for (String named : names) {
            assertThatThrownBy(() -> meet(named))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("FORBIDDEN"))
                    .hasMessageNotContaining("\n");
        }

        assertThat(refused()).isEqualTo(names.size());
    }

    @Test
    void a_call_that_names_no_layer_is_malformed() {
        assertThatThrownBy(() -> meet(""))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("MALFORMED"));
    }

    private void meet(String named) {
        warehouse.meet(MeetRequest.newBuilder().setLayer(named).build(), null);
    }

    private double refused() {
        return meters.get("tierstock.calls.refused")
                .tag("cause", "layer")
                .counter()
                .count();
    }
}
