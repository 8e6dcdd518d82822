package org.tierstock.runtime.reconcile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.tierstock.runtime.readers.Spool;

/**
 * Positions in the order in which they were stated, in a file: read from the database in one snapshot, however many they are,
 * and compared or sent when that has ended. To be read once. The file is gone when this is closed.
 */
public final class StatedPositions implements AutoCloseable {
    private final Spool spool;
    private final DataOutputStream out;

    StatedPositions(Spool spool) {
        this.spool = spool;
        this.out = new DataOutputStream(spool.out());
    }

    /** Puts one aside. */
    void add(KeyPosition position) {
        try {
            out.writeUTF(position.scope());
            out.writeUTF(position.key());
            out.writeLong(position.quantity());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was put aside, from the first one on. */
    public Iterator<KeyPosition> read() {
        try {
            out.flush();
            return new FromFile(new DataInputStream(spool.in()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        spool.close();
    }

    private static final class FromFile implements Iterator<KeyPosition> {
        private final DataInputStream in;
        private KeyPosition next;

        FromFile(DataInputStream in) {
            this.in = in;
            advance();
        }

        private void advance() {
            try {
                next = new KeyPosition(in.readUTF(), in.readUTF(), in.readLong());
            } catch (EOFException end) {
                next = null;
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyPosition next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            KeyPosition taken = next;
            advance();
            return taken;
        }
    }
}
