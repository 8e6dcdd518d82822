package org.tierstock.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void a_callers_trace_goes_on_with_a_span_of_its_own() {
        TraceContext context = TraceContext.continuing("00-" + TRACE + "-b7ad6b7169203331-01");

        assertThat(context.traceId()).isEqualTo(TRACE);
        assertThat(context.spanId()).matches("[0-9a-f]{16}").isNotEqualTo("b7ad6b7169203331");
        assertThat(context.traceParent()).isEqualTo("00-" + TRACE + '-' + context.spanId() + "-01");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "x",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"
            })
    void what_is_no_trace_begins_a_new_one(String traceParent) {
        TraceContext context = TraceContext.continuing(traceParent);

        assertThat(context.traceParent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
        assertThat(context.traceId()).isNotEqualTo(TRACE);
    }

    @Test
    void a_later_version_may_say_more() {
        assertThat(TraceContext.continuing("01-" + TRACE + "-b7ad6b7169203331-01-more")
                        .traceId())
                .isEqualTo(TRACE);
    }

    @Test
    void work_runs_in_its_trace_and_leaves_the_former_one() {
        TraceContext outer = TraceContext.fresh();
        TraceContext inner = TraceContext.fresh();

        outer.run(() -> {
            inner.run(() -> assertThat(TraceContext.current()).isEqualTo(inner));
            assertThat(TraceContext.current()).isEqualTo(outer);
        });
    }
}
