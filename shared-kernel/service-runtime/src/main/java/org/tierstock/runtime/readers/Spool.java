package org.tierstock.runtime.readers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tierstock.runtime.posting.Overloaded;

/**
 * What is read for a caller and may be more than fits into memory, in a file of its own: it is written in one transaction,
 * which ends before the first byte is sent. So no caller, however slow, is waited for inside a transaction, and one that
 * fails is not taken for a whole answer. The file has no name from the beginning, where the platform can do so, and its room is
 * free when this is closed or the process has ended, however it ends.
 */
public final class Spool implements AutoCloseable {
    private final Spools.Room room;
    private final FileChannel file;
    private final OutputStream out;

    /**
     * An empty one, in the directory for temporary files.
     *
     * @throws UncheckedIOException when there is no room
     */
    Spool(Spools.Room room) {
        this.room = room;
        try {
            Path path = Files.createTempFile("tierstock-answer-", null);
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out = new BufferedOutputStream(new FilterOutputStream(Channels.newOutputStream(file)) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                room.take(length);
                out.write(bytes, from, length);
            }
        });
    }

    /**
     * Where to write.
     *
     * @return it throws {@link Overloaded} when all that waits for its readers has taken the room that it may take
     */
    public OutputStream out() {
        return out;
    }

    /** What has been written, from the beginning. Nothing is written any more then, and it is read once. */
    public InputStream in() throws IOException {
        out.flush();
        return new BufferedInputStream(Channels.newInputStream(file.position(0)));
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            room.close();
        }
    }
}
