package org.tierstock.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostponedCallTest {
    private final List<String> told = new ArrayList<>();

    private final ServerCall.Listener<String> taker = new ServerCall.Listener<>() {
        @Override
        public void onMessage(String message) {
            told.add(message);
        }

        @Override
        public void onHalfClose() {
            told.add("half-closed");
        }

        @Override
        public void onCancel() {
            told.add("cancelled");
        }
    };

    @Test
    void what_happens_before_the_decision_is_told_after_it_in_order_and_what_comes_later_at_once() {
        PostponedCall<String> call = new PostponedCall<>();
        call.onMessage("hello");
        call.onHalfClose();
        assertThat(told).isEmpty();

        call.goOn(taker);
        assertThat(told).containsExactly("hello", "half-closed");

        call.onCancel();
        assertThat(told).containsExactly("hello", "half-closed", "cancelled");
    }
}
