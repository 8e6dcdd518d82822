package org.tierstock.runtime.readers;

import io.quarkus.agroal.DataSource;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.sql.Database;

/** Makes the readers' database, and room for what they take slowly. */
@ApplicationScoped
public class Readers {
    /** A caller who may have this part of the connections finds three others in his way at most. */
    private static final int USUAL_SHARE = 4;

    private static final int LEAST_SHARE = 2;

    /** The part of the connections that is left to whoever reads anything but files. */
    private static final int PART_WITHOUT_FILES = 2;

    private static final long BYTES_OF_MEGABYTE = 1_000_000;

    private final int most;
    private final int files;
    private final Duration patience;
    private final Instance<Caller> callerOfRequest;

    /**
     * Whatever is set.
     *
     * @param connections all readers' together
     * @param share how many of them one caller may have, and how many answers that wait for it
     * @param patience how long one more waits
     */
    @Inject
    Readers(
            @ConfigProperty(name = "tierstock.pg.read-connections") int connections,
            @ConfigProperty(name = "tierstock.pg.read-share") Optional<Integer> share,
            @ConfigProperty(name = "tierstock.pg.read-patience") Duration patience,
            Instance<Caller> callerOfRequest) {
        this.most = share.orElse(Math.max(LEAST_SHARE, connections / USUAL_SHARE));
        this.files = Math.max(1, connections / PART_WITHOUT_FILES);
        this.patience = patience;
        this.callerOfRequest = callerOfRequest;
    }

    /** For the container's proxy. */
    protected Readers() {
        this(0, Optional.empty(), null, null);
    }

    @Produces
    @Singleton
    @Reads
    Database database(@DataSource("reads") javax.sql.DataSource pool) {
        return new Database(new SharedConnections(pool, most, patience, this::reader));
    }

    @Produces
    @Singleton
    Spools spools(@ConfigProperty(name = "tierstock.spool.megabytes") long megabytes) {
        return new Spools(
                new Shares("answers that wait for it", most, patience),
                megabytes * BYTES_OF_MEGABYTE,
                this::reader,
                files,
                patience);
    }

    /** Who reads; empty for the service itself. A gRPC call has a request context too, and nobody in it. */
    private String reader() {
        Caller caller = Caller.current();
        if (caller.subject().isEmpty() && Arc.container().requestContext().isActive()) {
            caller = callerOfRequest.get();
        }
        return caller.subject().isEmpty() ? "" : caller.party();
    }
}
