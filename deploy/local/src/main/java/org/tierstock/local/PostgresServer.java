package org.tierstock.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The embedded PostgreSQL server: durable, with a password, on the loopback address.
 *
 * <p>The library behind it starts servers for tests, which may forget: {@code -F} and no waiting for the disk at
 * commit. Both are set back here, and a test reads them from the running server.
 */
final class PostgresServer implements PlatformProcess {

    static final String SUPERUSER = "postgres";

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Asks the server to end when the launcher is gone; see {@link ChildProcess}. SIGINT is its fast shutdown. */
    private static final String WATCHER = "trap '' INT HUP TERM; cat >/dev/null; kill -INT \"$1\"";

    private static final String LIBRARY_LOCK = "epg-lock";

    /** Silent, because it reports every stop and every kill of ours as an error; PostgreSQL's own log has the truth. */
    private static final Logger LIBRARY = Logger.getLogger(EmbeddedPostgres.class.getName());

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private final Path dataDirectory;
    private final Path log;
    private final int port;
    private final String password;
    private EmbeddedPostgres server;
    private ProcessHandle postmaster;
    private Process watcher;

    PostgresServer(Path dataDirectory, Path log, int port, String password) {
        this.dataDirectory = dataDirectory;
        this.log = log;
        this.port = port;
        this.password = password;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Ends a server that a killed launcher left running on this data directory. */
    static boolean endStale(Path dataDirectory) {
        Optional<ProcessHandle> stale = postmaster(dataDirectory);
        stale.ifPresent(PostgresServer::end);
        return stale.isPresent();
    }

    @Override
    public synchronized void start() {
        clearAway();
        Path passwordFile = dataDirectory.resolveSibling("postgres-password");
        try {
            PrivateFiles.write(passwordFile, password);
            server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(BinariesCache.directory().toFile())
                    .setDataDirectory(dataDirectory)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(START)
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    // Options of initdb by the way of its locale settings: a password from the first moment on.
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setConnectConfig("password", password)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("min_wal_size", "1GB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("random_page_cost", "1.1")
                    .setServerConfig("jit", "off")
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new PlatformFailure("PostgreSQL does not start. " + LogTail.of(log), e);
        } finally {
            delete(passwordFile);
        }
        postmaster = postmaster(dataDirectory)
                .orElseThrow(() -> new PlatformFailure("PostgreSQL has ended. " + LogTail.of(log)));
        watcher = watch(postmaster);
    }

    /** The library has waited for it already. */
    @Override
    public void awaitReady(Duration atMost) {
        if (!alive()) {
            throw new PlatformFailure("PostgreSQL has ended. " + LogTail.of(log));
        }
    }

    @Override
    public synchronized boolean alive() {
        return postmaster != null && postmaster.isAlive();
    }

    @Override
    public synchronized List<ProcessHandle> running() {
        return alive()
                ? Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList()
                : List.of();
    }

    @Override
    public synchronized void kill() {
        if (postmaster != null) {
            // With its children: a new server refuses to start while any of them holds the shared memory.
            List<ProcessHandle> children = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            Waiting.until(() -> !postmaster.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive), GRACE);
            release();
        }
    }

    @Override
    public synchronized void stop() {
        if (postmaster != null) {
            end(postmaster);
            release();
        }
    }

    /**
     * What is left of a server that ended by itself, or of a start that failed: the library holds its lock on the directory
     * until it is closed, and whoever failed to start cannot be closed. This directory is the platform's alone, so a lock in
     * it is always such a rest.
     */
    private void clearAway() {
        if (postmaster != null) {
            release();
        }
        endStale(dataDirectory);
        delete(dataDirectory.resolve(LIBRARY_LOCK));
    }

    private void release() {
        watcher.destroyForcibly();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postmaster = null;
    }

    private static void end(ProcessHandle postmaster) {
        Signal.INT.send(List.of(postmaster));
        if (!Waiting.until(() -> !postmaster.isAlive(), GRACE)) {
            postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
            postmaster.destroyForcibly();
            Waiting.until(() -> !postmaster.isAlive(), GRACE);
        }
    }

    private static Process watch(ProcessHandle postmaster) {
        try {
            return new ProcessBuilder("sh", "-c", WATCHER, "postgres-watcher", Long.toString(postmaster.pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that the directory's own pid file names, if it runs and began when the file says. */
    private static Optional<ProcessHandle> postmaster(Path dataDirectory) {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            long startSeconds = Long.parseLong(lines.get(2));
            return ProcessHandle.of(Long.parseLong(lines.get(0))).filter(process -> beganAt(process, startSeconds));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean beganAt(ProcessHandle process, long startSeconds) {
        return process.info()
                .startInstant()
                .map(Instant::getEpochSecond)
                .filter(began -> Math.abs(began - startSeconds) <= 5)
                .isPresent();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
