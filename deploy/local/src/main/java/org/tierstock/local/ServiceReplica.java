package org.tierstock.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One process of one layer's service. */
final class ServiceReplica extends JavaProcess {

    private static final int HTTP_OK = 200;
    private static final Duration PROBE = Duration.ofSeconds(5);

    private final URI url;
    private final URI management;
    private final int grpcPort;
    private final Path application;
    private final List<String> jvmOptions;
    private final Map<String, String> environment;
    private final HttpClient probes;

    ServiceReplica(
            String name,
            int httpPort,
            int grpcPort,
            int managementPort,
            ChildProcess process,
            Path application,
            List<String> jvmOptions,
            Map<String, String> environment,
            HttpClient probes) {
        super(name, process, Optional.of(new AotCache(application)));
        this.url = URI.create("http://127.0.0.1:" + httpPort);
        this.management = URI.create("http://127.0.0.1:" + managementPort);
        this.grpcPort = grpcPort;
        this.application = application;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.environment = Map.copyOf(environment);
        this.probes = probes;
    }

    @Override
    public String address() {
        return url + "  (gRPC " + grpcAddress() + ", health and metrics " + management.getAuthority() + ")";
    }

    URI url() {
        return url;
    }

    URI management() {
        return management;
    }

    String grpcAddress() {
        return "127.0.0.1:" + grpcPort;
    }

    @Override
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(jvmOptions);
        arguments.addAll(List.of("-jar", application.toString()));
        return arguments;
    }

    @Override
    Map<String, String> environment() {
        return environment;
    }

    @Override
    boolean isReady() {
        HttpRequest probe = HttpRequest.newBuilder(management.resolve("/q/health/ready"))
                .timeout(PROBE)
                .build();
        try {
            return probes.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == HTTP_OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformFailure("interrupted while waiting for " + name(), e);
        }
    }
}
