package org.tierstock.runtime.exchange;

/**
 * How many more messages the broker may send, so that what is under way fits into memory, whatever comes.
 *
 * <p>AMQP gives credit for messages, not for bytes: a broker that may send two thousand may send two thousand of ten
 * megabytes. So a receiver begins with one, and may have one more for each message that was small, up to the most. A large
 * one puts it back to one. What was granted before cannot be taken back: when more bytes are under way than there is room
 * for, the connection has to be given up, and the next one begins with one again. One message alone always has room, so
 * each connection gets at least that one done.
 *
 * <p>Not safe for use by several threads.
 */
final class Credit {
    /** No message that a layer sends is as large, in bytes. */
    static final int LARGE = 64 * 1024;

    /** The bytes that may be under way. */
    static final int ROOM = 32 * 1024 * 1024;

    private final int most;

    private int window = 1;

    /** What the broker may still send. */
    private int granted;

    /** What it has sent on the present connection, and is not settled. */
    private int underWay;

    /** What takers hold, also of earlier connections. */
    private long bytes;

    /**
     * No credit yet.
     *
     * @param most the most messages under way
     */
    Credit(int most) {
        this.most = most;
    }

    /** Nothing that was granted before counts. */
    void reconnected() {
        window = 1;
        granted = 0;
        underWay = 0;
    }

    /** A message of so many bytes has come. */
    void came(long size) {
        granted--;
        underWay++;
        bytes += size;
    }

    /** True when the connection must be given up, since the broker may send what there is no room for. */
    boolean overdrawn() {
        return bytes > ROOM && underWay > 1;
    }

    /** A message of the present connection is done with. */
    void settled(long size) {
        underWay--;
        bytes -= size;
        window = size < LARGE ? Math.min(most, window + 1) : 1;
    }

    /** A message of an earlier connection is done with. */
    void forgotten(long size) {
        bytes -= size;
    }

    /** How many messages to let the broker send beyond those that it may send already: not below 0. */
    int grant() {
        int more = bytes > ROOM ? 0 : Math.max(0, window - underWay - granted);
        granted += more;
        return more;
    }
}
