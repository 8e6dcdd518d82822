package org.tierstock.runtime.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An answer that comes by another thread, or is there already.
 *
 * @param <A> the answer
 */
public final class Later<A> {
    private final CompletableFuture<A> answer;

    private Later(CompletableFuture<A> answer) {
        this.answer = answer;
    }

    /** An answer that is on its way, and does not fail. */
    public static <A> Later<A> of(CompletionStage<A> coming) {
        return new Later<>(coming.toCompletableFuture());
    }

    /** An answer that is there. */
    public static <A> Later<A> now(A answer) {
        return new Later<>(CompletableFuture.completedFuture(answer));
    }

    /** True when it has come. */
    public boolean isThere() {
        return answer.isDone();
    }

    /** The answer. Waits for it. */
    public A get() {
        return answer.join();
    }

    /** Does something when it has come: by the thread that brings it, or now when it is there. */
    public void then(Runnable next) {
        answer.whenComplete((come, failure) -> next.run());
    }
}
