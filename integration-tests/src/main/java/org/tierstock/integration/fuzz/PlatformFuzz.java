package org.tierstock.integration.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tierstock.integration.load.GrpcReplicas;
import org.tierstock.integration.load.Layers;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** A campaign against a running platform, which nobody else uses meanwhile. */
final class PlatformFuzz implements AutoCloseable {
    /** What a service may hold on to more than before: caches that fill, pools that grow. */
    static final long HEAP_GROWTH_BYTES = 24L << 20;

    private static final int BATCH = 10_000;
    private static final int REST_SHARE = 4;

    /** Before the heap is measured first, code is compiled and caches are filled by so many inputs. */
    private static final int WARM_UP = 5_000;

    private final LocalPlatform platform;
    private final Path repository;
    private final Consumer<String> progress;
    private final World world;
    private final Tables tables;
    private final BrokerClient broker;
    private final List<Wires> wires = new ArrayList<>();
    private final List<ManagedChannel> channels = new ArrayList<>();

    /**
     * A platform to be fuzzed. Dispatch asks again after days, not seconds, for promises that sales could not give back, be it
     * for a paid line or for a rule: while it asks, nobody could tell what an input has changed. For the same reason layers
     * do not tell one another by themselves what they need no longer.
     */
    static PlatformSettings.Builder platform() {
        return PlatformSettings.builder()
                .throwAway()
                .environment("TIERSTOCK_RECALL_RETRY_SECONDS", "604800")
                .environment("TIERSTOCK_ALIGN_RETRY_SECONDS", "604800")
                .environment("TIERSTOCK_PURGE_EVERY", "off");
    }

    PlatformFuzz(LocalPlatform platform, Path repository, Consumer<String> progress) {
        this.platform = platform;
        this.repository = repository;
        this.progress = progress;
        this.world = new World(Layers.of(platform));
        this.tables = new Tables(platform);
        this.broker = new BrokerClient(platform.broker());
    }

    /**
     * What a campaign found, and what the services did meanwhile.
     *
     * @param grownBytes live bytes at the end beyond those after the warm-up, by service
     */
    record Outcome(Report report, Map<String, Long> grownBytes) {
        /** Services whose heap is not flat. */
        List<String> grown() {
            return grownBytes.entrySet().stream()
                    .filter(service -> service.getValue() > HEAP_GROWTH_BYTES)
                    .map(service -> service.getKey() + " holds " + service.getValue() + " bytes more than before")
                    .toList();
        }
    }

    /**
     * Sends so many inputs, or as many as there is time for, and checks that every service has lived through them and that
     * every entry has had some.
     */
    Outcome run(long seed, long inputs, Duration budget) {
        world.open();
        Map<String, Long> processes = processes();
        List<Entry> entries = entries();
        Campaign campaign = new Campaign(entries, tables, BATCH, progress);
        campaign.run(seed, 0, Math.min(WARM_UP, inputs));
        Map<String, Long> before = Heaps.liveBytes(platform);
        Report report = campaign.run(seed, WARM_UP, Math.max(0, inputs - WARM_UP), budget);
        Map<String, Long> after = Heaps.liveBytes(platform);
        if (!processes().equals(processes)) {
            report.finding("processes", "another process than before: " + processes + " became " + processes());
        }
        entries.stream()
                .map(Entry::name)
                .distinct()
                .filter(entry -> !report.answers().containsKey(entry))
                .forEach(entry -> report.finding(entry, "never occurred"));
        world.checkCanary();
        Map<String, Long> grown = new TreeMap<>();
        after.forEach((service, bytes) -> grown.put(service, bytes - before.get(service)));
        return new Outcome(report, grown);
    }

    private Map<String, Long> processes() {
        Map<String, Long> ids = new TreeMap<>();
        for (Layer layer : Layer.values()) {
            String process = layer.code() + "-0";
            platform.awaitReady(process);
            ids.put(process, platform.pid(process));
        }
        return ids;
    }

    /** Every way into the platform; REST has the most, and the largest share. */
    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            List<RestEntry> rest = rest(layer);
            for (int i = 0; i < REST_SHARE; i++) {
                rest.stream().filter(entry -> !entry.asksForWork()).forEach(entries::add);
            }
            rest.stream().filter(RestEntry::asksForWork).forEach(entries::add);
            List<GrpcEntry> grpc = grpc(layer);
            for (int i = 0; i < 2 * REST_SHARE; i++) {
                entries.addAll(grpc);
            }
        }
        entries.addAll(amqp());
        return entries;
    }

    private List<RestEntry> rest(Layer layer) {
        Wires to = new Wires(platform.url(layer));
        wires.add(to);
        String token = platform.token(Role.OPERATOR, Scopes.ALL);
        return RestEntry.of(layer.code(), served(layer, to, token), world.vocabulary(), to, token);
    }

    private static JsonNode served(Layer layer, Wires wires, String token) {
        String request = "GET /q/openapi?format=json HTTP/1.1\r\nHost: " + wires.authority()
                + "\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        try {
            return Documents.JSON.readTree(
                    wires.exchange(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII), true)
                            .body());
        } catch (IOException e) {
            throw new FuzzFailure(layer.code() + " does not serve its OpenAPI", e);
        }
    }

    private List<GrpcEntry> grpc(Layer layer) {
        return Protos.SERVED.get(layer).stream()
                .flatMap(file -> GrpcEntry.of(layer.code(), file, connect(layer, file), world.vocabulary()).stream())
                .toList();
    }

    private ManagedChannel connect(Layer layer, FileDescriptor file) {
        Role role = file == Protos.ORDERS ? Role.CHANNEL : Role.ofService(caller(layer));
        GrpcReplicas replicas = new GrpcReplicas(platform.grpcAddresses(layer), platform.token(role, Scopes.ALL));
        ManagedChannel channel = replicas.connect(replicas.addresses().getFirst());
        channels.add(channel);
        return channel;
    }

    /** The layer that calls the most of another one's methods. */
    private static Layer caller(Layer called) {
        return called == Layer.DISPATCH ? Layer.SALES : Layer.DISPATCH;
    }

    private List<AmqpEntry> amqp() {
        List<AmqpEntry> entries = new ArrayList<>();
        JsonNode described = described();
        Documents documents = new Documents(described, world.vocabulary());
        described.get("channels").forEach(channel -> {
            String address = channel.get("address").asText();
            channel.get("messages")
                    .fieldNames()
                    .forEachRemaining(type -> entries.add(new AmqpEntry(
                            address,
                            type,
                            described.at("/components/messages/" + type + "/payload"),
                            documents,
                            world.vocabulary(),
                            broker,
                            platform.database(reader(address)))));
        });
        return entries;
    }

    /** The layer that a queue's name ends with. */
    private static Layer reader(String address) {
        for (Layer layer : Layer.values()) {
            if (address.endsWith("-to-" + layer.code())) {
                return layer;
            }
        }
        throw new FuzzFailure("Nobody reads " + address);
    }

    private JsonNode described() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(repository.resolve("docs/asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        wires.forEach(Wires::close);
        channels.forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : channels) {
            try {
                channel.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        broker.close();
        tables.close();
    }
}
