package org.tierstock.local;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out the services' processes: their ports, and what each is told about itself and the others. All ports are
 * decided before the first process is made, since the layers call each other.
 */
final class ServicePlan {

    /** Below this many processors a parallel garbage collector only takes time from the work. */
    private static final int FEW_PROCESSORS = 2;

    /** Who calls whom by gRPC: the layer below with its work, and all of these with questions about its own history. */
    private static final Map<Layer, List<Layer>> PEERS = Map.of(
            Layer.SALES, List.of(Layer.DISPATCH),
            Layer.DISPATCH, List.of(Layer.SALES, Layer.WAREHOUSE),
            Layer.WAREHOUSE, List.of(Layer.DISPATCH));

    private final PlatformSettings settings;
    private final PlatformDirectory directory;
    private final Map<Layer, LayerDatabase> databases;
    private final Map<Layer, BrokerAddress> brokers;
    private final TokenSigner tokens;
    private final Map<Layer, List<Listening>> listening = new EnumMap<>(Layer.class);

    private record Listening(int httpPort, int grpcPort, int managementPort) {

        String grpcAddress() {
            return "127.0.0.1:" + grpcPort;
        }
    }

    ServicePlan(
            PlatformSettings settings,
            PlatformDirectory directory,
            Ports ports,
            Map<Layer, LayerDatabase> databases,
            Map<Layer, BrokerAddress> brokers,
            TokenSigner tokens) {
        this.settings = settings;
        this.directory = directory;
        this.databases = databases;
        this.brokers = brokers;
        this.tokens = tokens;
        settings.layers().forEach(layer -> listening.put(layer, listening(layer, ports)));
    }

    Map<Layer, List<ServiceReplica>> replicas() {
        HttpClient probes = HttpClient.newHttpClient();
        ProcessRecords records = new ProcessRecords(directory.processes());
        Map<Layer, List<ServiceReplica>> replicas = new EnumMap<>(Layer.class);
        listening.forEach((layer, places) -> {
            List<ServiceReplica> ofLayer = new ArrayList<>();
            for (int number = 0; number < places.size(); number++) {
                ofLayer.add(replica(layer, number, places.get(number), records, probes));
            }
            replicas.put(layer, List.copyOf(ofLayer));
        });
        return replicas;
    }

    private List<Listening> listening(Layer layer, Ports ports) {
        List<Listening> places = new ArrayList<>();
        places.add(new Listening(
                firstPort(ports, settings.httpPorts().get(layer), layer.usualHttpPort()),
                firstPort(ports, settings.grpcPorts().get(layer), layer.usualGrpcPort()),
                firstPort(ports, null, layer.usualManagementPort())));
        while (places.size() < settings.replicas().get(layer)) {
            places.add(new Listening(ports.free(), ports.free(), ports.free()));
        }
        return List.copyOf(places);
    }

    private int firstPort(Ports ports, Integer given, int usual) {
        if (given != null) {
            return ports.given(given);
        }
        return settings.usualPorts() ? ports.preferably(usual) : ports.free();
    }

    private ServiceReplica replica(
            Layer layer, int number, Listening place, ProcessRecords records, HttpClient probes) {
        Path application = settings.application(layer);
        if (Files.notExists(application)) {
            throw new PlatformFailure(application + " is not built; ./tierstock builds it, or mvn package");
        }
        String name = replicaName(layer, number);
        return new ServiceReplica(
                name,
                place.httpPort(),
                place.grpcPort(),
                place.managementPort(),
                new ChildProcess(name, directory.log(name), records),
                application,
                jvmOptions(),
                environment(name, layer, place),
                probes);
    }

    private static String replicaName(Layer layer, int number) {
        return layer.code() + "-" + number;
    }

    private List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of("-Xms96m", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError"));
        if (Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS) {
            options.add("-XX:+UseSerialGC");
        }
        options.addAll(settings.serviceJvmOptions());
        return options;
    }

    private Map<String, String> environment(String name, Layer layer, Listening place) {
        Map<String, String> environment = new HashMap<>();
        environment.putAll(databases.get(layer).seenBy(name, settings.detours()).environment());
        environment.putAll(brokers.get(layer).seenBy(name, settings.detours()).environment());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(place.httpPort()));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(place.managementPort()));
        environment.put("QUARKUS_GRPC_SERVER_HOST", "127.0.0.1");
        environment.put("QUARKUS_GRPC_SERVER_PORT", Integer.toString(place.grpcPort()));
        environment.put("TIERSTOCK_JWT_ISSUER", TokenSigner.ISSUER);
        environment.put("TIERSTOCK_JWT_AUDIENCE", TokenSigner.AUDIENCE);
        environment.put("TIERSTOCK_JWT_PUBLIC_KEY", tokens.publicKey().toString());
        environment.put(
                "TIERSTOCK_SERVICE_TOKEN_FILE", directory.serviceToken(layer).toString());
        List<Layer> peers =
                PEERS.get(layer).stream().filter(listening::containsKey).toList();
        environment.put(
                "TIERSTOCK_PEERS",
                String.join(",", peers.stream().map(Layer::code).toList()));
        for (Layer peer : peers) {
            List<String> addresses = new ArrayList<>();
            for (Listening replica : listening.get(peer)) {
                String peerName = replicaName(peer, addresses.size());
                addresses.add(settings.detours().address(name, peerName, replica.grpcAddress()));
            }
            environment.put("TIERSTOCK_" + peer.name() + "_GRPC", String.join(",", addresses));
        }
        environment.putAll(settings.environment());
        return environment;
    }
}
