package org.tierstock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The three services, PostgreSQL and the broker, running on this machine as processes that end with this one.
 *
 * <p>Each process can be killed and started again by its name ({@code postgres}, {@code broker}, {@code sales-0},
 * {@code sales-1}, {@code dispatch-0}, {@code warehouse-0} ...), and comes back on the same ports and files.
 */
public final class LocalPlatform implements AutoCloseable {

    private static final Duration TOKEN_VALIDITY = Duration.ofHours(12);
    private static final Duration SERVICE_TOKEN_VALIDITY = Duration.ofDays(365);

    private final PlatformSettings settings;
    private final Ports ports = new Ports();
    private final Map<Layer, LayerDatabase> databases = new EnumMap<>(Layer.class);
    private final Map<Layer, List<ServiceReplica>> services = new EnumMap<>(Layer.class);
    private final List<PlatformProcess> infrastructure = new ArrayList<>();
    private final Thread atExit = new Thread(this::close, "platform-stop");

    private PlatformDirectory directory;
    private TokenSigner tokens;
    private BrokerAddress broker;
    private final Map<Layer, BrokerAddress> brokerOfLayer = new EnumMap<>(Layer.class);
    private Optional<Databases> databasesToMake = Optional.empty();
    private volatile boolean stopping;

    public LocalPlatform(PlatformSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts everything. When this returns, every process answers that it is ready.
     *
     * @throws PlatformFailure if one does not; then all of them are stopped again
     */
    public void start() {
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            takeDirectory();
            plan();
            launchAll();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Stops everything, services first, and forgets a throw-away directory. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        if (allProcesses().anyMatch(PlatformProcess::alive)) {
            settings.progress().accept("stopping");
        }
        allServices().parallelStream().forEach(LocalPlatform::stop);
        infrastructure.parallelStream().forEach(LocalPlatform::stop);
        ports.close();
        if (directory != null) {
            directory.close();
            if (settings.dataDirectory().isEmpty()) {
                directory.delete();
            }
        }
        forgetAtExit();
    }

    /** Whether {@link #close} has begun: from then on processes end because they are told to. */
    public boolean stopping() {
        return stopping;
    }

    /** The names of all processes that this platform started, whether they are alive or not. */
    public List<String> processes() {
        return allProcesses().map(PlatformProcess::name).toList();
    }

    public boolean alive(String process) {
        return process(process).alive();
    }

    /** Kills the process as a power cut would. When this returns it is dead. */
    public void kill(String process) {
        process(process).kill();
    }

    /** Takes from the dead embedded broker whatever it had stored, as a lost disk would. */
    public void emptyBroker() {
        directory.emptyBroker();
    }

    /** Stops the process where it stands (SIGSTOP): it keeps its connections and answers nothing. */
    public void stall(String process) {
        signal(process, Signal.STOP);
    }

    /** Lets a stalled process go on. */
    public void goOn(String process) {
        signal(process, Signal.CONT);
    }

    private void signal(String process, Signal signal) {
        List<ProcessHandle> running = process(process).running();
        if (!running.isEmpty()) {
            signal.send(running);
        }
    }

    /** Starts a dead process again on the ports and files that it had. Does not wait until it is ready. */
    public void startAgain(String process) {
        PlatformProcess started = process(process);
        launch(started, started::start);
    }

    /**
     * Returns when the process answers that it is ready.
     *
     * @throws PlatformFailure if it ends instead, or takes longer than the settings allow
     */
    public void awaitReady(String process) {
        process(process).awaitReady(settings.readyWithin());
    }

    /** Kills the process if it is alive, starts it again, and returns when it is ready. */
    public void restart(String process) {
        kill(process);
        startAgain(process);
        awaitReady(process);
    }

    /** The base of the REST interface of the layer's first replica, e.g. {@code http://127.0.0.1:8081}. */
    public URI url(Layer layer) {
        return urls(layer).getFirst();
    }

    public List<URI> urls(Layer layer) {
        return services.get(layer).stream().map(ServiceReplica::url).toList();
    }

    /** Where the layer's first replica tells its health and metrics: {@code /q/health}, {@code /q/metrics}. */
    public URI management(Layer layer) {
        return managements(layer).getFirst();
    }

    /** The same of each of its replicas. */
    public List<URI> managements(Layer layer) {
        return services.get(layer).stream().map(ServiceReplica::management).toList();
    }

    /**
     * Has the database server write a checkpoint, where it is the platform's own or may be administered. One that has just been
     * made has yet to make every file that it logs to, and commits wait for each; after a checkpoint it uses old ones again, as it
     * does in life.
     */
    public void checkpoint() {
        databasesToMake.ifPresent(Databases::checkpoint);
    }

    /** Host and port of the gRPC interface of the layer's first replica. */
    public String grpcAddress(Layer layer) {
        return grpcAddresses(layer).getFirst();
    }

    public List<String> grpcAddresses(Layer layer) {
        return services.get(layer).stream().map(ServiceReplica::grpcAddress).toList();
    }

    public LayerDatabase database(Layer layer) {
        return databases.get(layer);
    }

    /** The broker for its administrator, who may send and receive everywhere. */
    public BrokerAddress broker() {
        return broker;
    }

    /** The broker as the layer's service uses it: it may send to the layer's queues and receive those that are for it. */
    public BrokerAddress broker(Layer layer) {
        return brokerOfLayer.get(layer);
    }

    /** A token for this role and these scopes, valid for twelve hours. */
    public String token(Role role, Scopes scopes) {
        return tokens.sign("local-" + role.claim(), role, scopes, TOKEN_VALIDITY);
    }

    /** The operating system's id of a service's or the broker's process. */
    public long pid(String process) {
        return new ProcessRecords(directory.processes()).pid(process);
    }

    public Path directory() {
        return directory.root();
    }

    public Path log(String process) {
        return directory.log(process);
    }

    private void forgetAtExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The shutdown has begun, so the hook runs, and finds nothing left to do.
            return;
        }
    }

    private void takeDirectory() {
        directory = settings.dataDirectory()
                .map(path -> PlatformDirectory.open(path.toAbsolutePath().normalize()))
                .orElseGet(PlatformDirectory::openTemporary);
        List<String> stale = new ArrayList<>(new ProcessRecords(directory.processes()).endStale());
        if (PostgresServer.endStale(directory.postgres())) {
            stale.add("postgres");
        }
        if (!stale.isEmpty()) {
            settings.progress().accept("ended what a killed run had left: " + String.join(", ", stale));
        }
        if (settings.fresh()) {
            directory.empty();
        }
        directory.emptyLogs();
        tokens = TokenSigner.openOrCreate(directory.root());
        for (Layer layer : Layer.values()) {
            writeServiceToken(layer);
        }
    }

    private void writeServiceToken(Layer layer) {
        try {
            PrivateFiles.write(
                    directory.serviceToken(layer),
                    tokens.sign(
                            "tierstock-" + layer.code(), Role.ofService(layer), Scopes.ALL, SERVICE_TOKEN_VALIDITY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void plan() {
        databasesToMake = databaseServer();
        for (Layer layer : Layer.values()) {
            LayerDatabase given = settings.external().databases().get(layer);
            databases.put(
                    layer, given != null ? given : databasesToMake.orElseThrow().of(layer));
        }
        settings.external().broker().ifPresentOrElse(this::externalBroker, this::embeddedBroker);
        services.putAll(new ServicePlan(settings, directory, ports, databases, brokerOfLayer, tokens).replicas());
    }

    /** The server to make databases on; none if all of them were made beforehand. */
    private Optional<Databases> databaseServer() {
        ExternalServices external = settings.external();
        if (external.databases().keySet().containsAll(Set.of(Layer.values()))) {
            return Optional.empty();
        }
        if (external.server().isPresent()) {
            ExternalServices.Server given = external.server().get();
            return Optional.of(
                    new Databases(given::jdbcUrl, given.administrator(), given.password(), directory::password));
        }
        PostgresServer postgres = new PostgresServer(
                directory.postgres(),
                directory.log("postgres"),
                settings.postgresPort().map(ports::given).orElseGet(ports::free),
                directory.password(PostgresServer.SUPERUSER));
        infrastructure.add(postgres);
        return Optional.of(new Databases(
                postgres::jdbcUrl,
                PostgresServer.SUPERUSER,
                directory.password(PostgresServer.SUPERUSER),
                directory::password));
    }

    /** Who may do what there is decided by whoever runs it; the platform has one user. */
    private void externalBroker(BrokerAddress given) {
        broker = given;
        for (Layer layer : Layer.values()) {
            brokerOfLayer.put(layer, given);
        }
    }

    private void embeddedBroker() {
        BrokerUser administrator = BrokerUser.administrator("tierstock", directory.password("broker"));
        broker = new BrokerAddress(
                "127.0.0.1",
                settings.brokerPort().map(ports::given).orElseGet(ports::free),
                administrator.name(),
                administrator.password());
        Map<String, String> told = new HashMap<>(System.getenv());
        told.putAll(settings.environment());
        List<BrokerUser> users = new ArrayList<>(List.of(administrator));
        for (Layer layer : Layer.values()) {
            BrokerUser user = BrokerUser.of(layer, directory.password("broker-" + layer.code()), told);
            users.add(user);
            brokerOfLayer.put(layer, broker.as(user));
        }
        infrastructure.add(new Broker(directory, new ProcessRecords(directory.processes()), broker, users));
    }

    /** Brings up everything at once, but that services wait for their databases. Ends at the first failure. */
    private void launchAll() {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        CompletableFuture<Void> failure = new CompletableFuture<>();
        List<CompletableFuture<Void>> steps = new ArrayList<>();
        CompletableFuture<Void> databasesReady = CompletableFuture.completedFuture(null);
        for (PlatformProcess process : infrastructure) {
            CompletableFuture<Void> ready = CompletableFuture.runAsync(
                    () -> {
                        if (process instanceof JavaProcess java) {
                            learnToStart(List.of(java));
                        }
                        bringUp(process);
                    },
                    executor);
            steps.add(ready);
            if (process instanceof PostgresServer) {
                databasesReady = ready;
            }
        }
        databasesReady = databasesReady.thenRunAsync(this::makeDatabases, executor);
        steps.add(databasesReady);
        CompletableFuture<Void> startable = CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
                .thenRunAsync(
                        () -> learnToStart(
                                services.values().stream().map(List::getFirst).toList()),
                        executor);
        steps.add(startable);
        for (ServiceReplica service : allServices()) {
            steps.add(startable.thenRunAsync(() -> bringUp(service), executor));
        }
        steps.forEach(step -> step.exceptionally(cause -> {
            failure.completeExceptionally(cause);
            return null;
        }));
        try {
            CompletableFuture<Void> all = CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new));
            CompletableFuture.anyOf(all, failure).join();
        } catch (CompletionException e) {
            if (stopping) {
                // What has failed was stopped: that it has ended is no news.
                throw new PlatformFailure("the platform is being stopped", e);
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            executor.shutdown();
        }
    }

    /**
     * Starts and stops these when the JDK can learn from that. The layers ask one another before they are ready, so all run
     * until the last one is. When one does not get ready, nothing is learnt: the ordinary start will say why.
     */
    private void learnToStart(List<? extends JavaProcess> learners) {
        if (!settings.learnToStart() || learners.stream().noneMatch(JavaProcess::mayLearn)) {
            return;
        }
        learners.forEach(learner -> launch(learner, learner::startLearning));
        try {
            learners.forEach(learner -> learner.awaitReady(settings.readyWithin()));
        } catch (PlatformFailure notReady) {
            learners.forEach(JavaProcess::kill);
            return;
        }
        learners.parallelStream().forEach(JavaProcess::stopWiser);
    }

    private void bringUp(PlatformProcess process) {
        long start = System.nanoTime();
        launch(process, process::start);
        process.awaitReady(settings.readyWithin());
        double seconds = (System.nanoTime() - start) / 1e9;
        settings.progress()
                .accept(String.format(
                        Locale.ROOT, "%-12s ready after %4.1f s  %s", process.name(), seconds, process.address()));
    }

    /** Starts the process, unless the platform is being stopped: what starts then would be left behind. */
    private void launch(PlatformProcess process, Runnable start) {
        synchronized (process) {
            if (stopping) {
                throw new PlatformFailure("the platform is being stopped");
            }
            start.run();
        }
    }

    private static void stop(PlatformProcess process) {
        synchronized (process) {
            process.stop();
        }
    }

    private void makeDatabases() {
        databasesToMake.ifPresent(server -> databases.forEach((layer, database) -> {
            if (!settings.external().databases().containsKey(layer)) {
                server.provide(layer);
            }
        }));
    }

    private List<ServiceReplica> allServices() {
        return services.values().stream().flatMap(List::stream).toList();
    }

    private Stream<PlatformProcess> allProcesses() {
        return Stream.concat(infrastructure.stream(), allServices().stream());
    }

    private PlatformProcess process(String name) {
        return allProcesses()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PlatformFailure("no process " + name + "; there are " + processes()));
    }
}
