package org.tierstock.runtime.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    @Test
    void a_caller_that_has_gone_is_no_failure_of_the_service() {
        for (Exception gone : new Exception[] {new StreamResetException(8), new HttpClosedException("gone")}) {
            Exception failure = new UncheckedIOException(new IOException("Failed to write", new IOException(gone)));

            assertThat(Problems.of(failure).code()).isEqualTo(Problem.UNAVAILABLE);
        }
        assertThat(Problems.of(new IOException("No space left")).code()).isEqualTo(Problem.INTERNAL);
    }
}
