package org.tierstock.local;

import java.nio.file.Path;
import java.util.Locale;

/** The three layers, each one service with a database of its own. */
public enum Layer {
    SALES(8081, 9081),
    DISPATCH(8082, 9082),
    WAREHOUSE(8083, 9083);

    private final int usualHttpPort;
    private final int usualGrpcPort;

    Layer(int usualHttpPort, int usualGrpcPort) {
        this.usualHttpPort = usualHttpPort;
        this.usualGrpcPort = usualGrpcPort;
    }

    /** The layer's word in names of processes, roles and options: {@code sales}, {@code dispatch}, {@code warehouse}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The port of the REST interface when nothing else is asked for. */
    public int usualHttpPort() {
        return usualHttpPort;
    }

    /** The port of the gRPC interface when nothing else is asked for. */
    public int usualGrpcPort() {
        return usualGrpcPort;
    }

    Path application(Path repository) {
        return repository.resolve(code() + "-layer/target/quarkus-app/quarkus-run.jar");
    }
}
