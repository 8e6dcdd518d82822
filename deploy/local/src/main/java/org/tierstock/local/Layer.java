package org.tierstock.local;

import java.nio.file.Path;
import java.util.Locale;

/** The three layers, each one service with a database of its own. */
public enum Layer {
    SALES(8081, 9081, 8091),
    DISPATCH(8082, 9082, 8092),
    WAREHOUSE(8083, 9083, 8093);

    private final int usualHttpPort;
    private final int usualGrpcPort;
    private final int usualManagementPort;

    Layer(int usualHttpPort, int usualGrpcPort, int usualManagementPort) {
        this.usualHttpPort = usualHttpPort;
        this.usualGrpcPort = usualGrpcPort;
        this.usualManagementPort = usualManagementPort;
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

    /** The port of health and metrics, if it is free. */
    int usualManagementPort() {
        return usualManagementPort;
    }

    Path application(Path repository) {
        return repository.resolve(code() + "-layer/target/quarkus-app/quarkus-run.jar");
    }
}
