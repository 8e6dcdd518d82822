package org.tierstock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports, each reserved for as long as this is open.
 *
 * <p>Seconds pass between choosing a port and the moment a service binds it, and its peers are told the port before. So
 * a port is also locked by a file that all launchers of one user share, and free ports come from below the range that
 * the kernel hands out for outgoing connections.
 */
final class Ports implements AutoCloseable {

    private static final int FIRST_FREE = 20_000;
    private static final int LAST_FREE = 32_000;
    private static final int ATTEMPTS = 200;

    private final Path directory;
    private final List<FileChannel> reservations = new ArrayList<>();

    Ports() {
        this(Path.of(System.getProperty("java.io.tmpdir"), "tierstock-ports-" + System.getProperty("user.name")));
    }

    Ports(Path directory) {
        this.directory = directory;
    }

    /** Exactly this port. */
    synchronized int given(int port) {
        if (!reserve(port)) {
            throw new PlatformFailure("port " + port + " is in use; give another, or none to have a free one chosen");
        }
        return port;
    }

    /** This port if it can be had, else a free one. */
    synchronized int preferably(int port) {
        return reserve(port) ? port : free();
    }

    synchronized int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE);
            if (reserve(port)) {
                return port;
            }
        }
        throw new PlatformFailure("no free port found between " + FIRST_FREE + " and " + LAST_FREE);
    }

    private boolean reserve(int port) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel) && bindable(port)) {
                reservations.add(channel);
                return true;
            }
            channel.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    static boolean bindable(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        for (FileChannel reservation : reservations) {
            try {
                reservation.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        reservations.clear();
    }
}
