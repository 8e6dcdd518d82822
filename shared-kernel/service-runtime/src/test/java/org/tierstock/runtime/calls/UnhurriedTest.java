package org.tierstock.runtime.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnhurriedTest {
    private final Caller caller = new Caller();
    private final Unhurried<String> answer = new Unhurried<>(caller);

    /** A caller who takes no more than so many parts before it must be asked again, and may go. */
    private static final class Caller extends ServerCallStreamObserver<String> {
        private final List<String> taken = new ArrayList<>();
        private int askedBeforeReady;
        private boolean gone;

        @Override
        public boolean isReady() {
            return !gone && askedBeforeReady-- <= 0;
        }

        @Override
        public boolean isCancelled() {
            return gone;
        }

        @Override
        public void onNext(String part) {
            assertThat(askedBeforeReady).as("sent before there was room").isNegative();
            taken.add(part);
        }

        @Override
        public void onCompleted() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setCompression(String compression) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void request(int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setMessageCompression(boolean enable) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disableAutoInboundFlowControl() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void a_part_is_sent_only_when_there_is_room_for_it() {
        caller.askedBeforeReady = 5;
        answer.send("first");
        caller.askedBeforeReady = 5;
        answer.send("second");

        assertThat(caller.taken).containsExactly("first", "second");
    }

    @Test
    void who_has_gone_is_sent_nothing() {
        caller.gone = true;

        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, () -> answer.send("lost"));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(caller.taken).isEmpty();
    }
}
