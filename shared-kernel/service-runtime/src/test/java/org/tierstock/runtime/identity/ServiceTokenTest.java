package org.tierstock.runtime.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTokenTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void without_a_file_there_is_no_token() {
        assertThat(new ServiceToken(Optional.empty(), nanos::get).current()).isEmpty();
        assertThat(new ServiceToken(Optional.of(directory + "/none"), nanos::get).current())
                .isEmpty();
    }

    @Test
    void a_renewed_token_is_used_within_a_second() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "old\n");
        ServiceToken token = new ServiceToken(Optional.of(file.toString()), nanos::get);
        assertThat(token.current()).contains("old");

        Files.writeString(file, "new\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(token.current()).contains("old");
        nanos.addAndGet(SECOND);
        assertThat(token.current()).contains("new");
    }

    @Test
    void a_token_tells_when_it_expires_and_what_is_none_does_not() throws IOException {
        Instant end = Instant.ofEpochSecond(2_000_000_000);
        String claims = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"exp\":2000000000}".getBytes(UTF_8));

        assertThat(token("e30." + claims + ".c2ln").expiry()).contains(end);
        for (String none : List.of("", "x", "a.b.c", "e30.e30.", "e30.W10.", "e30.ImEi.")) {
            assertThat(token(none).expiry()).as(none).isEmpty();
        }
    }

    private ServiceToken token(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), text);
        return new ServiceToken(Optional.of(file.toString()), nanos::get);
    }

    @Test
    void the_last_token_stays_while_the_file_is_away() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "old");
        ServiceToken token = new ServiceToken(Optional.of(file.toString()), nanos::get);
        assertThat(token.current()).contains("old");

        Files.delete(file);
        nanos.addAndGet(SECOND);

        assertThat(token.current()).contains("old");
    }
}
