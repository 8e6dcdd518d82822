package org.tierstock.runtime.identity;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The token by which this service calls the others. It lies in a file, so that whoever issues it can renew it without a
 * restart: the file is looked at again at most once a second, and read when it changed.
 */
@ApplicationScoped
public class ServiceToken {
    private static final Logger LOG = Logger.getLogger(ServiceToken.class);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Read(String token, FileTime changed, long lookedAtNanos) {
        boolean fresh(long nowNanos) {
            return nowNanos - lookedAtNanos < LOOK_AGAIN_NANOS;
        }
    }

    private final Path file;
    private final LongSupplier nanoTime;
    private volatile Read last;

    @Inject
    ServiceToken(@ConfigProperty(name = "tierstock.service-token-file") Optional<String> file) {
        this(file, System::nanoTime);
    }

    ServiceToken(Optional<String> file, LongSupplier nanoTime) {
        this.file = file.map(Path::of).orElse(null);
        this.nanoTime = nanoTime;
    }

    /** The token as it is now; empty when no file is configured or it cannot be read. */
    public Optional<String> current() {
        if (file == null) {
            return Optional.empty();
        }
        Read known = last;
        long nowNanos = nanoTime.getAsLong();
        if (known == null || !known.fresh(nowNanos)) {
            known = look(known, nowNanos);
            last = known;
        }
        return Optional.ofNullable(known.token());
    }

    /** When the present token expires; empty when there is none, or it does not say so. */
    Optional<Instant> expiry() {
        return current().flatMap(ServiceToken::expiry);
    }

    /** What the token says, not verified: it is those who are called that verify it. */
    private static Optional<Instant> expiry(String token) {
        String[] parts = token.split("\\.");
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            Long seconds = new JsonObject(new String(claims, StandardCharsets.UTF_8)).getLong("exp");
            return Optional.ofNullable(seconds).map(Instant::ofEpochSecond);
        } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private Read look(Read known, long nowNanos) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (known != null && changed.equals(known.changed())) {
                return new Read(known.token(), changed, nowNanos);
            }
            return new Read(Files.readString(file).strip(), changed, nowNanos);
        } catch (IOException e) {
            LOG.warnf("The service token cannot be read from %s: %s", file, e.getMessage());
            return new Read(known == null ? null : known.token(), null, nowNanos);
        }
    }
}
