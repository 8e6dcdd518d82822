package org.tierstock.local;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        description = "Starts PostgreSQL, the broker and the three services, and keeps them running until Ctrl-C.",
        footerHeading = "%nServers that are there already are used when these variables name them:%n",
        footer = ExternalServices.VARIABLES,
        sortOptions = false)
final class UpCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 1_000;

    @Mixin
    private PlatformOptions platformOptions;

    @Option(names = "--fresh", description = "Forgets what the data directory holds.")
    private boolean fresh;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes of each service. Default: ${DEFAULT-VALUE}.")
    private int replicas;

    @Option(
            names = "--sales-port",
            paramLabel = "PORT",
            description = "The REST port of the sales service. Default of this and the next: the usual one"
                    + " (8081, 8082, 8083; gRPC 9081, 9082, 9083) if it is free, else any free one.")
    private Integer salesPort;

    @Option(names = "--dispatch-port", paramLabel = "PORT", description = "The REST port of the dispatch service.")
    private Integer dispatchPort;

    @Option(names = "--warehouse-port", paramLabel = "PORT", description = "The REST port of the warehouse service.")
    private Integer warehousePort;

    @Option(names = "--sales-grpc-port", paramLabel = "PORT", description = "The gRPC port of the sales service.")
    private Integer salesGrpcPort;

    @Option(names = "--dispatch-grpc-port", paramLabel = "PORT", description = "The gRPC port of the dispatch service.")
    private Integer dispatchGrpcPort;

    @Option(
            names = "--warehouse-grpc-port",
            paramLabel = "PORT",
            description = "The gRPC port of the warehouse service.")
    private Integer warehouseGrpcPort;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            description = "The port of the embedded PostgreSQL. Default: a free one.")
    private Integer postgresPort;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            description = "The port of the embedded broker. Default: a free one.")
    private Integer brokerPort;

    private final Restarts restarts = new Restarts();

    @Override
    public Integer call() throws InterruptedException {
        System.out.println("Data in " + platformOptions.directory());
        try (LocalPlatform platform = new LocalPlatform(settings())) {
            platform.start();
            describe(platform);
            watch(platform);
        }
        return CommandLine.ExitCode.OK;
    }

    private PlatformSettings settings() {
        PlatformSettings.Builder settings = PlatformSettings.builder()
                .dataDirectory(platformOptions.directory())
                .fresh(fresh)
                .replicas(replicas)
                .usualPorts()
                .external(ExternalServices.from(System.getenv()))
                .progress(line -> System.out.println("  " + line));
        given(salesPort, dispatchPort, warehousePort).forEach(settings::httpPort);
        given(salesGrpcPort, dispatchGrpcPort, warehouseGrpcPort).forEach(settings::grpcPort);
        if (postgresPort != null) {
            settings.postgresPort(postgresPort);
        }
        if (brokerPort != null) {
            settings.brokerPort(brokerPort);
        }
        return settings.build();
    }

    private static Map<Layer, Integer> given(Integer sales, Integer dispatch, Integer warehouse) {
        Map<Layer, Integer> ports = new EnumMap<>(Layer.class);
        ports.put(Layer.SALES, sales);
        ports.put(Layer.DISPATCH, dispatch);
        ports.put(Layer.WAREHOUSE, warehouse);
        ports.values().removeIf(port -> port == null);
        return ports;
    }

    private static void describe(LocalPlatform platform) {
        System.out.println();
        for (Layer layer : Layer.values()) {
            System.out.printf(
                    "%-10s %s  health and metrics at %s/q%n",
                    layer.code(), platform.url(layer), platform.management(layer));
        }
        System.out.printf(
                """

                Interfaces are described at /q/openapi of each. A token for them:
                  ./tierstock token --role operator%s
                Logs in %s. Ctrl-C stops everything.
                """,
                platform.directory().equals(Repository.usualDataDirectory()) ? "" : " --data " + platform.directory(),
                platform.log("sales-0").getParent());
    }

    /** Starts again what ended by itself or was killed: every process may be, at any time. */
    private void watch(LocalPlatform platform) throws InterruptedException {
        while (!platform.stopping()) {
            Thread.sleep(LOOK_MILLIS);
            for (String process : platform.processes()) {
                if (!platform.alive(process) && !platform.stopping()) {
                    startAgain(platform, process);
                }
            }
        }
    }

    private void startAgain(LocalPlatform platform, String process) {
        if (restarts.tooMany(process, Instant.now())) {
            throw new PlatformFailure(
                    process + " ended " + Restarts.MOST + " times within an hour; see " + platform.log(process));
        }
        System.out.println("  " + process + " has ended; starting it again");
        platform.restart(process);
        System.out.println("  " + process + " is ready again");
    }
}
