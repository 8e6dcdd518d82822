package org.tierstock.runtime.sql;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is read for a caller and may be more than fits into memory, in a file of its own: it is written in one transaction,
 * which ends before the first byte is sent. So no caller, however slow, is waited for inside a transaction, and one that
 * fails is not taken for a whole answer. The file is gone when this is closed.
 */
public final class Spool implements AutoCloseable {
    private final Path file;
    private final OutputStream out;

    /**
     * An empty one, in the directory for temporary files.
     *
     * @throws UncheckedIOException when there is no room
     */
    public Spool() {
        try {
            file = Files.createTempFile("tierstock-answer-", null);
            out = new BufferedOutputStream(Files.newOutputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to write. */
    public OutputStream out() {
        return out;
    }

    /** What has been written, from the beginning. */
    public InputStream in() throws IOException {
        out.flush();
        return new BufferedInputStream(Files.newInputStream(file));
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
