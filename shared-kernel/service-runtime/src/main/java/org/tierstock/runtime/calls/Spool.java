package org.tierstock.runtime.calls;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * An answer between the database and the caller, in a file of its own: it is written in one transaction, which ends before
 * the first part is sent, and takes room on the disk, not in memory. The file is gone when this is closed.
 *
 * <p>What goes wrong with the file is an {@link UncheckedIOException}.
 *
 * @param <P> the parts
 */
public final class Spool<P extends MessageLite> implements AutoCloseable {
    private final Parser<P> parser;
    private final Path file;
    private final OutputStream out;

    /** An empty one, in the directory for temporary files. */
    public Spool(Parser<P> parser) {
        this.parser = parser;
        try {
            file = Files.createTempFile("tierstock-answer-", null);
            out = new BufferedOutputStream(Files.newOutputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a part. */
    public void add(P part) {
        try {
            part.writeDelimitedTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes all parts on, in the order in which they came. */
    public void forEach(Consumer<P> sink) {
        try {
            out.flush();
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                for (P part = parser.parseDelimitedFrom(in); part != null; part = parser.parseDelimitedFrom(in)) {
                    sink.accept(part);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
