package org.tierstock.runtime.readers;

import io.quarkus.agroal.DataSource;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.sql.Database;

/** Makes the readers' database. */
@ApplicationScoped
public class Readers {
    /** A caller who may have this part of the connections finds three others in his way at most. */
    private static final int USUAL_SHARE = 4;

    private static final int LEAST_SHARE = 2;

    @Produces
    @Singleton
    @Reads
    Database database(
            @DataSource("reads") javax.sql.DataSource pool,
            @ConfigProperty(name = "tierstock.pg.read-connections") int connections,
            @ConfigProperty(name = "tierstock.pg.read-share") Optional<Integer> share,
            @ConfigProperty(name = "tierstock.pg.read-patience") Duration patience,
            Instance<Caller> callerOfRequest) {
        int most = share.orElse(Math.max(LEAST_SHARE, connections / USUAL_SHARE));
        return new Database(new SharedConnections(pool, most, patience, () -> reader(callerOfRequest)));
    }

    /** Who reads; empty for the service itself. A gRPC call has a request context too, and nobody in it. */
    private static String reader(Instance<Caller> callerOfRequest) {
        Caller caller = Caller.current();
        if (caller.subject().isEmpty() && Arc.container().requestContext().isActive()) {
            caller = callerOfRequest.get();
        }
        return caller.subject().isEmpty() ? "" : caller.party();
    }
}
