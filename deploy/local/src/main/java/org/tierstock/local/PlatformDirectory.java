package org.tierstock.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The directory that holds everything a platform keeps between runs: databases, journal, keys, passwords, logs. One
 * launcher at a time owns it; only its user can read it.
 */
final class PlatformDirectory implements AutoCloseable {

    private static final String LOCK = "tierstock.lock";
    private static final int PASSWORD_BYTES = 16;

    private final Path root;
    private final FileChannel lock;

    private PlatformDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes the directory for this launcher, and makes it if it is not there.
     *
     * @throws PlatformFailure if another launcher has it, or if it holds files of somebody else
     */
    static PlatformDirectory open(Path root) {
        try {
            if (Files.isDirectory(root) && !isOurs(root) && !isEmpty(root)) {
                throw new PlatformFailure(root + " is neither empty nor a data directory of Tierstock; give another");
            }
            createPrivately(root);
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new PlatformFailure(
                        "another Tierstock runs on " + root + "; stop it, or give another directory with --data");
            }
            PlatformDirectory directory = new PlatformDirectory(root, channel);
            directory.createParts();
            return directory;
        } catch (IOException e) {
            throw new PlatformFailure("cannot use " + root + " as data directory: " + e, e);
        }
    }

    /** A new directory of its own under the system's temporary directory. */
    static PlatformDirectory openTemporary() {
        try {
            return open(Files.createTempDirectory("tierstock-").toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path processes() {
        return root.resolve("processes");
    }

    /** The token by which the layer's service calls the others. */
    Path serviceToken(Layer layer) {
        return root.resolve("service-token-" + layer.code());
    }

    Path log(String process) {
        return root.resolve("logs").resolve(process + ".log");
    }

    static Path keys(Path root) {
        return root.resolve("keys");
    }

    /** The password kept under this name; made on first use. */
    synchronized String password(String name) {
        Path file = root.resolve("passwords.properties");
        try {
            Properties passwords = new Properties();
            if (Files.exists(file)) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    passwords.load(reader);
                }
            }
            if (!passwords.containsKey(name)) {
                byte[] bytes = new byte[PASSWORD_BYTES];
                new SecureRandom().nextBytes(bytes);
                passwords.setProperty(name, HexFormat.of().formatHex(bytes));
                StringWriter content = new StringWriter();
                passwords.store(content, "made by Tierstock on first use");
                PrivateFiles.write(file, content.toString());
            }
            return passwords.getProperty(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets everything but the lock. Nothing may run on the directory. */
    void empty() {
        try {
            for (Path entry : entries(root)) {
                if (!entry.getFileName().toString().equals(LOCK)) {
                    deleteTree(entry);
                }
            }
            createParts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets what the broker has stored. It must not run. */
    void emptyBroker() {
        try {
            deleteTree(broker());
            createParts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void emptyLogs() {
        try {
            for (Path log : entries(root.resolve("logs"))) {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            deleteTree(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createParts() throws IOException {
        for (Path part : List.of(root.resolve("logs"), processes(), broker())) {
            Files.createDirectories(part);
        }
    }

    private static boolean isOurs(Path root) {
        return Files.exists(root.resolve(LOCK));
    }

    private static boolean isEmpty(Path root) throws IOException {
        return entries(root).isEmpty();
    }

    private static void createPrivately(Path root) throws IOException {
        Files.createDirectories(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
