package org.tierstock.integration.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way of TCP connections from one process to another: a proxy on the loopback address that hands bytes on, and can be
 * harmed. One harm at a time; healing ends it.
 */
final class Link implements AutoCloseable {
    private static final int BACKLOG = 256;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int BUFFER_BYTES = 16_384;
    private static final int DIRECTIONS = 2;

    /** What happens to bytes now. */
    private record Weather(boolean cut, boolean silent, Duration delay, long bytesPerSecond) {
        static final Weather FAIR = new Weather(false, false, Duration.ZERO, Long.MAX_VALUE);
    }

    private final String caller;
    private final String called;
    private final InetSocketAddress target;
    private final ServerSocket entrance;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final AtomicInteger struck = new AtomicInteger();
    private volatile Weather weather = Weather.FAIR;
    private volatile boolean severed;

    /** Opens the way. Nothing need listen at its end yet. */
    Link(String caller, String called, String host, int port) {
        this.caller = caller;
        this.called = called;
        this.target = new InetSocketAddress(host, port);
        try {
            this.entrance = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name(toString()).start(this::admit);
    }

    String caller() {
        return caller;
    }

    String called() {
        return called;
    }

    /** Where a caller connects, e.g. {@code 127.0.0.1:41234}. */
    String address() {
        return "127.0.0.1:" + entrance.getLocalPort();
    }

    /** Connections that a harm has ended, made wait or kept from coming, since the link was opened. */
    int struck() {
        return struck.get();
    }

    /** Resets what is connected, and what connects while it lasts. */
    void cut() {
        weather = new Weather(true, false, Duration.ZERO, Long.MAX_VALUE);
        passages.forEach(Passage::strike);
    }

    /** Resets what is connected, and whatever connects from now on. Healing does not end it. */
    void sever() {
        severed = true;
        passages.forEach(Passage::strike);
    }

    boolean severed() {
        return severed;
    }

    /** Ends every connection at the called end. The caller is told nothing: what it sends from now on gets no answer. */
    void leaveHalfOpen() {
        passages.forEach(Passage::endAtCalled);
    }

    /**
     * Lets nothing through, and tells nobody. Once healed, whoever still speaks on an old connection learns that it is gone;
     * whoever only listens does not.
     */
    void silence() {
        weather = new Weather(false, true, Duration.ZERO, Long.MAX_VALUE);
        passages.forEach(Passage::mute);
    }

    /** Resets so many connections each between a request that has passed and its answer, which is lost. */
    void loseAnswers(int count) {
        answersToLose.set(count);
    }

    /** Holds every piece of a connection up for so long. */
    void delay(Duration each) {
        weather = new Weather(false, false, each, Long.MAX_VALUE);
    }

    /** Lets no more bytes through a second, in each direction of a connection. */
    void throttle(long bytesPerSecond) {
        weather = new Weather(false, false, Duration.ZERO, bytesPerSecond);
    }

    /** Ends what was done to the link, unless it is severed. */
    void heal() {
        answersToLose.set(0);
        weather = Weather.FAIR;
        passages.forEach(Passage::forget);
    }

    /** Resets what is connected, and closes the way. */
    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        passages.forEach(Passage::reset);
    }

    @Override
    public String toString() {
        return caller + ">" + called;
    }

    private void admit() {
        while (!entrance.isClosed()) {
            Passage passage;
            try {
                passage = new Passage(entrance.accept());
            } catch (IOException e) {
                // Closed, or a caller that was gone before it came in.
                continue;
            }
            passages.add(passage);
            Thread.ofVirtual().name(toString()).start(passage::open);
        }
    }

    private boolean losesThisAnswer() {
        return answersToLose.get() > 0 && answersToLose.getAndDecrement() > 0;
    }

    private static void resetQuietly(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed already, which is what was wanted.
            return;
        }
    }

    /** One connection: what comes in at the caller's end goes out at the called end, and back. */
    private final class Passage {
        private enum State {
            OPEN,
            /** Swallows everything. */
            MUTE,
            /** Nobody knows it any more: whoever speaks is told so. */
            FORGOTTEN
        }

        private final Socket near;
        private final Socket far = new Socket();
        private volatile State state = State.OPEN;
        private final AtomicInteger directionsEnded = new AtomicInteger();
        private volatile boolean asked;

        Passage(Socket near) {
            this.near = near;
        }

        void open() {
            if (severed || weather.cut()) {
                strike();
                return;
            }
            if (weather.silent()) {
                mute();
            }
            try {
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                far.connect(target, CONNECT_MILLIS);
            } catch (IOException e) {
                reset();
                return;
            }
            Thread.ofVirtual().name(Link.this.toString()).start(() -> hand(far, near, false));
            hand(near, far, true);
        }

        private void hand(Socket from, Socket to, boolean request) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (passes(request)) {
                        slow(read);
                        out.write(buffer, 0, read);
                    }
                }
                switch (state) {
                    case OPEN -> end(to);
                    case MUTE -> {}
                    case FORGOTTEN -> reset();
                }
            } catch (IOException e) {
                if (state != State.MUTE) {
                    reset();
                }
            }
        }

        /** Tells an end that the other will say no more; the second time there is nothing left to hand on. */
        private void end(Socket to) throws IOException {
            to.shutdownOutput();
            if (directionsEnded.incrementAndGet() == DIRECTIONS) {
                passages.remove(this);
                near.close();
                far.close();
            }
        }

        /** Whether what was read is handed on. Otherwise it is swallowed, or has ended the connection. */
        private boolean passes(boolean request) {
            switch (state) {
                case OPEN -> {
                    if (request) {
                        asked = true;
                    } else if (asked && losesThisAnswer()) {
                        strike();
                        return false;
                    }
                    return true;
                }
                case MUTE -> {
                    return false;
                }
                case FORGOTTEN -> {
                    reset();
                    return false;
                }
            }
            throw new IllegalStateException(state.toString());
        }

        private void slow(int bytes) {
            Weather now = weather;
            long millis = now.delay().toMillis() + bytes * 1_000L / now.bytesPerSecond();
            if (millis > 0) {
                struck.incrementAndGet();
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        void endAtCalled() {
            struck.incrementAndGet();
            state = State.MUTE;
            resetQuietly(far);
        }

        void mute() {
            struck.incrementAndGet();
            state = State.MUTE;
        }

        void forget() {
            if (state == State.MUTE) {
                state = State.FORGOTTEN;
            }
        }

        void strike() {
            struck.incrementAndGet();
            reset();
        }

        void reset() {
            passages.remove(this);
            resetQuietly(near);
            resetQuietly(far);
        }
    }
}
