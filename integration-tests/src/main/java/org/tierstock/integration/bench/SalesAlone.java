package org.tierstock.integration.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** The sales service with its database and broker, its opponent's endpoints added, and the shop open: what is measured. */
final class SalesAlone implements AutoCloseable {
    private static final Path SERVER = Path.of("integration-tests/benchmark-server/target/quarkus-app/quarkus-run.jar");

    private final LocalPlatform platform;

    private SalesAlone(LocalPlatform platform) {
        this.platform = platform;
    }

    /** Starts it in a throw-away directory. */
    static SalesAlone start(Consumer<String> progress) {
        LocalPlatform platform = new LocalPlatform(PlatformSettings.builder()
                .throwAway()
                .layers(Layer.SALES)
                .application(Layer.SALES, SERVER)
                .progress(progress)
                .build());
        platform.start();
        SalesAlone sales = new SalesAlone(platform);
        try {
            new Shop(sales.url(), platform.token(Role.OPERATOR, Scopes.ALL)).open();
        } catch (RuntimeException e) {
            sales.close();
            throw e;
        }
        return sales;
    }

    URI url() {
        return platform.url(Layer.SALES);
    }

    String grpcAddress() {
        return platform.grpcAddress(Layer.SALES);
    }

    LayerDatabase database() {
        return platform.database(Layer.SALES);
    }

    /** What is measured next finds the database server as one that has run for long. */
    void checkpoint() {
        platform.checkpoint();
    }

    /** Of a channel platform that sells the shop's goods. */
    String channelToken() {
        return platform.token(Role.CHANNEL, Scopes.ofChannels(Shop.CHANNEL));
    }

    /** Of whoever may read everything. */
    String auditorToken() {
        return platform.token(Role.AUDITOR, Scopes.ALL);
    }

    @Override
    public void close() {
        platform.close();
    }
}
