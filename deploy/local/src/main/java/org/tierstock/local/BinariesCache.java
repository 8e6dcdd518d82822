package org.tierstock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the PostgreSQL binaries are unpacked once for all platforms of this user. */
final class BinariesCache {

    private BinariesCache() {}

    static Path directory() {
        Path home = Path.of(System.getProperty("user.home"));
        Path parent = Files.isWritable(home) ? home.resolve(".cache") : Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return Files.createDirectories(parent.resolve("tierstock").resolve("postgresql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
