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

/** One process of one layer's service. */
final class ServiceReplica implements PlatformProcess {

    private static final int HTTP_OK = 200;
    private static final Duration PROBE = Duration.ofSeconds(5);

    /** How long Java may take to write down what it has learnt: three do at once, on a machine that may be busy. */
    private static final Duration TO_WRITE_DOWN = Duration.ofMinutes(5);

    private final String name;
    private final URI url;
    private final int grpcPort;
    private final ChildProcess process;
    private final Path application;
    private final List<String> jvmOptions;
    private final Map<String, String> environment;
    private final HttpClient probes;

    ServiceReplica(
            String name,
            int httpPort,
            int grpcPort,
            ChildProcess process,
            Path application,
            List<String> jvmOptions,
            Map<String, String> environment,
            HttpClient probes) {
        this.name = name;
        this.url = URI.create("http://127.0.0.1:" + httpPort);
        this.grpcPort = grpcPort;
        this.process = process;
        this.application = application;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.environment = Map.copyOf(environment);
        this.probes = probes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return url + "  (gRPC " + grpcAddress() + ")";
    }

    URI url() {
        return url;
    }

    String grpcAddress() {
        return "127.0.0.1:" + grpcPort;
    }

    @Override
    public void start() {
        start(new AotCache(application).options());
    }

    /** Whether the JDK can learn from a start how to start this service faster, and has not yet. */
    boolean mayLearn() {
        return new AotCache(application).wanted();
    }

    /** Starts, and has the JDK learn from it if it may. */
    void startLearning() {
        AotCache cache = new AotCache(application);
        start(cache.wanted() ? cache.learning() : cache.options());
    }

    /** Stops, and keeps what the JDK has learnt since {@link #startLearning}. Returns when the process is dead. */
    void stopWiser() {
        process.stop(TO_WRITE_DOWN);
        new AotCache(application).keep();
    }

    private void start(List<String> aotOptions) {
        List<String> command = new ArrayList<>(List.of(JavaCommand.executable(), JavaCommand.NATIVE_ACCESS));
        command.addAll(jvmOptions);
        command.addAll(aotOptions);
        command.addAll(List.of("-jar", application.toString()));
        process.start(command, environment);
    }

    @Override
    public void awaitReady(Duration atMost) {
        if (!Waiting.until(() -> isReady() || !process.alive(), atMost)) {
            throw process.silent(atMost);
        }
        if (!process.alive()) {
            throw process.ended();
        }
    }

    @Override
    public boolean alive() {
        return process.alive();
    }

    @Override
    public List<ProcessHandle> running() {
        return process.running();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void stop() {
        process.stop();
    }

    private boolean isReady() {
        HttpRequest probe = HttpRequest.newBuilder(url.resolve("/q/health/ready"))
                .timeout(PROBE)
                .build();
        try {
            return probes.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == HTTP_OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformFailure("interrupted while waiting for " + name, e);
        }
    }
}
