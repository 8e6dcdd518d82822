package org.tierstock.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a local platform shall run.
 *
 * @param repository the root of the built repository
 * @param dataDirectory where data is kept between runs; none: a throw-away directory, deleted at the end
 * @param fresh whether to forget what the data directory holds
 * @param replicas the layers to run, with the number of processes of each
 * @param applications what runs in place of a layer's own service, as paths within the repository
 * @param usualPorts whether the first replica of a layer shall listen on its usual port, if that is free
 * @param httpPorts ports that the first replica of a layer must listen on
 * @param grpcPorts the same for gRPC
 * @param postgresPort the port of the embedded PostgreSQL; none: a free one
 * @param brokerPort the port of the embedded broker; none: a free one
 * @param detours where the services are told to reach databases, broker and each other
 * @param environment additional variables for every service
 * @param serviceJvmOptions additional options for the services' Java
 * @param learnToStart whether to make what lets services start faster, where it is missing; it is used wherever it is there
 * @param readyWithin how long a process may take to answer
 * @param progress is told, in lines for people, what becomes ready
 */
public record PlatformSettings(
        Path repository,
        Optional<Path> dataDirectory,
        boolean fresh,
        Map<Layer, Integer> replicas,
        Map<Layer, Path> applications,
        boolean usualPorts,
        Map<Layer, Integer> httpPorts,
        Map<Layer, Integer> grpcPorts,
        Optional<Integer> postgresPort,
        Optional<Integer> brokerPort,
        ExternalServices external,
        Detours detours,
        Map<String, String> environment,
        List<String> serviceJvmOptions,
        boolean learnToStart,
        Duration readyWithin,
        Consumer<String> progress) {

    public PlatformSettings {
        replicas = Map.copyOf(replicas);
        applications = Map.copyOf(applications);
        httpPorts = Map.copyOf(httpPorts);
        grpcPorts = Map.copyOf(grpcPorts);
        environment = Map.copyOf(environment);
        serviceJvmOptions = List.copyOf(serviceJvmOptions);
        if (replicas.values().stream().anyMatch(count -> count < 1)) {
            throw new PlatformFailure("a layer that runs needs at least one replica");
        }
    }

    /** One replica of each layer on free ports, with embedded PostgreSQL and broker, in a throw-away directory. */
    public static Builder builder() {
        return new Builder();
    }

    /** What runs as that layer's service. */
    Path application(Layer layer) {
        Path given = applications.get(layer);
        return given == null ? layer.application(repository) : repository.resolve(given);
    }

    Set<Layer> layers() {
        return replicas.isEmpty() ? EnumSet.noneOf(Layer.class) : EnumSet.copyOf(replicas.keySet());
    }

    /** Collects settings, each of which has a default. */
    public static final class Builder {

        private static final Duration READY_WITHIN = Duration.ofMinutes(5);

        private Path repository;
        private Path dataDirectory;
        private boolean fresh;
        private final Map<Layer, Integer> replicas = new EnumMap<>(Layer.class);
        private final Map<Layer, Path> applications = new EnumMap<>(Layer.class);
        private boolean usualPorts;
        private final Map<Layer, Integer> httpPorts = new EnumMap<>(Layer.class);
        private final Map<Layer, Integer> grpcPorts = new EnumMap<>(Layer.class);
        private Integer postgresPort;
        private Integer brokerPort;
        private ExternalServices external = ExternalServices.NONE;
        private Detours detours = Detours.NONE;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> serviceJvmOptions = new ArrayList<>();
        private boolean learnToStart;
        private Duration readyWithin = READY_WITHIN;
        private Consumer<String> progress = line -> {};

        private Builder() {
            replicas(1);
        }

        public Builder repository(Path root) {
            repository = root;
            return this;
        }

        public Builder dataDirectory(Path directory) {
            dataDirectory = directory;
            return this;
        }

        public Builder throwAway() {
            dataDirectory = null;
            return this;
        }

        public Builder fresh(boolean whether) {
            fresh = whether;
            return this;
        }

        /** Only these layers; those that run already keep their number of replicas. */
        public Builder layers(Layer... layers) {
            Set<Layer> wanted = EnumSet.noneOf(Layer.class);
            wanted.addAll(List.of(layers));
            replicas.keySet().retainAll(wanted);
            wanted.forEach(layer -> replicas.putIfAbsent(layer, 1));
            return this;
        }

        public Builder replicas(int ofEachLayer) {
            for (Layer layer : Layer.values()) {
                replicas.put(layer, ofEachLayer);
            }
            return this;
        }

        public Builder replicas(Layer layer, int count) {
            replicas.put(layer, count);
            return this;
        }

        /** Runs another application as that layer's service; it is built on the layer's own. */
        public Builder application(Layer layer, Path withinRepository) {
            applications.put(layer, withinRepository);
            return this;
        }

        public Builder usualPorts() {
            usualPorts = true;
            return this;
        }

        public Builder httpPort(Layer layer, int port) {
            httpPorts.put(layer, port);
            return this;
        }

        public Builder grpcPort(Layer layer, int port) {
            grpcPorts.put(layer, port);
            return this;
        }

        public Builder postgresPort(int port) {
            postgresPort = port;
            return this;
        }

        public Builder brokerPort(int port) {
            brokerPort = port;
            return this;
        }

        public Builder external(ExternalServices services) {
            external = services;
            return this;
        }

        public Builder detours(Detours between) {
            detours = between;
            return this;
        }

        public Builder environment(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        public Builder serviceJvmOptions(String... options) {
            serviceJvmOptions.addAll(List.of(options));
            return this;
        }

        public Builder learnToStart() {
            learnToStart = true;
            return this;
        }

        public Builder readyWithin(Duration atMost) {
            readyWithin = atMost;
            return this;
        }

        public Builder progress(Consumer<String> listener) {
            progress = listener;
            return this;
        }

        public PlatformSettings build() {
            return new PlatformSettings(
                    repository == null ? Repository.root() : repository,
                    Optional.ofNullable(dataDirectory),
                    fresh,
                    replicas,
                    applications,
                    usualPorts,
                    httpPorts,
                    grpcPorts,
                    Optional.ofNullable(postgresPort),
                    Optional.ofNullable(brokerPort),
                    external,
                    detours,
                    environment,
                    serviceJvmOptions,
                    learnToStart,
                    readyWithin,
                    progress);
        }
    }
}
