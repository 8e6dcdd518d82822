package org.tierstock.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the JDK has learnt of an application at an earlier start (JEP 483, 514 and 515): classes that it need not find, check
 * and link again. It lies beside the application, one for each JDK, and is worth nothing once the application is built anew.
 *
 * <p>Only a matter of time: without one, with an older JDK, or when the JDK refuses it, everything starts as it always did.
 */
final class AotCache {

    /** The first JDK that makes one in one step. */
    private static final int FIRST_FEATURE = 25;

    private final Path application;
    private final Path file;

    /** @param application the jar that starts the application, in a directory with all others that it needs */
    AotCache(Path application) {
        this.application = application;
        this.file = application.resolveSibling("start-" + Runtime.version().toString() + ".aot");
    }

    /** That of an application that is started by its class path; none when a part of it is no jar: then Java learns nothing. */
    static Optional<AotCache> ofClassPath(String classPath) {
        List<String> parts = List.of(classPath.split(File.pathSeparator));
        return parts.stream().allMatch(part -> part.endsWith(".jar"))
                ? Optional.of(new AotCache(Path.of(parts.getFirst()).toAbsolutePath()))
                : Optional.empty();
    }

    /** Whether there is something to learn: the JDK can, and has not since the application was built. */
    boolean wanted() {
        return Runtime.version().feature() >= FIRST_FEATURE && !fresh();
    }

    /** What Java is to be told at an ordinary start. */
    List<String> options() {
        return fresh() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** What Java is to be told to learn; it writes down what it has when it ends. */
    List<String> learning() {
        return List.of("-XX:AOTCacheOutput=" + unfinished());
    }

    /** Keeps what was learnt, if anything was, and nothing of what was begun. */
    void keep() {
        try {
            if (Files.exists(unfinished())) {
                Files.move(unfinished(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(unfinished().resolveSibling(unfinished().getFileName() + ".config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path unfinished() {
        return file.resolveSibling(
                file.getFileName() + ".of-" + ProcessHandle.current().pid());
    }

    private boolean fresh() {
        try {
            return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(built()) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the newest part of the application was written. */
    private FileTime built() throws IOException {
        try (Stream<Path> parts = Files.walk(application.getParent())) {
            return parts.filter(part -> part.toString().endsWith(".jar"))
                    .map(AotCache::written)
                    .max(Comparator.naturalOrder())
                    .orElse(FileTime.from(Instant.EPOCH));
        }
    }

    private static FileTime written(Path part) {
        try {
            return Files.getLastModifiedTime(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
