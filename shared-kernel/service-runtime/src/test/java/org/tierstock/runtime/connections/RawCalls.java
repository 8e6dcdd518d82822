package org.tierstock.runtime.connections;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Makes gRPC calls as no client does: frame by frame, confirming nothing, and reading only when told to. */
final class RawCalls implements AutoCloseable {
    static final byte[] GREETING =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int GOAWAY = 7;
    private static final int LARGEST_FRAME = 16_384;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int CANCEL = 8;
    private static final int LENGTH_PREFIX = 127;

    private final Socket socket;
    private int next = 1;

    /** Connects to a server of this machine, and greets it. */
    RawCalls(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(GREETING);
    }

    /**
     * Begins a call, and sends nothing of its request.
     *
     * @param token null for none
     * @return its number
     */
    int begin(MethodDescriptor<?, ?> method, String token) throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        literal(headers, ":method", "POST");
        literal(headers, ":scheme", "http");
        literal(headers, ":path", '/' + method.getFullMethodName());
        literal(headers, ":authority", "localhost");
        literal(headers, "content-type", "application/grpc");
        literal(headers, "te", "trailers");
        if (token != null) {
            literal(headers, "authorization", "Bearer " + token);
        }
        int call = next;
        next += 2;
        send(HEADERS, END_HEADERS, call, headers.toByteArray());
        return call;
    }

    /** Takes a call back. */
    void takeBack(int call) throws IOException {
        send(RST_STREAM, 0, call, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    /** Sends so many bytes of a request that is to have one more. */
    void sendHalf(int call, int bytes) throws IOException {
        send(
                DATA,
                0,
                call,
                ByteBuffer.allocate(5).put((byte) 0).putInt(bytes + 1).array());
        for (int left = bytes; left > 0; left -= LARGEST_FRAME) {
            send(DATA, 0, call, new byte[Math.min(left, LARGEST_FRAME)]);
        }
    }

    /** Makes a whole call, and waits until its answer begins. */
    void ask(MethodDescriptor<?, ?> method, String token, String question) throws IOException {
        int call = begin(method, token);
        byte[] text = question.getBytes(StandardCharsets.UTF_8);
        send(
                DATA,
                END_STREAM,
                call,
                ByteBuffer.allocate(5 + text.length)
                        .put((byte) 0)
                        .putInt(text.length)
                        .put(text)
                        .array());
        await(HEADERS, call);
    }

    /** Waits until the server has said that it is about to end the connection; does not answer that. */
    void awaitFarewell() throws IOException {
        await(GOAWAY, 0);
    }

    private void await(int wanted, int call) throws IOException {
        DataInputStream frames = new DataInputStream(socket.getInputStream());
        int type;
        int of;
        do {
            int lengthAndType = frames.readInt();
            frames.readByte();
            of = frames.readInt();
            type = lengthAndType & 0xff;
            frames.skipNBytes(lengthAndType >>> 8);
        } while (type != wanted || of != call);
    }

    /** Whether the server ends the connection, after what it has to say. */
    boolean isHungUpOn() {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What the server does not take any more was sent to a connection that it has ended, which is seen by reading. */
    private void send(int type, int flags, int call, byte[] payload) {
        try {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(9 + payload.length)
                            .putInt(payload.length << 8 | type)
                            .put((byte) flags)
                            .putInt(call)
                            .put(payload)
                            .array());
        } catch (IOException ended) {
            Thread.onSpinWait();
        }
    }

    /** By the plainest of the ways that HPACK has: a new name, not to be remembered. */
    private static void literal(ByteArrayOutputStream headers, String name, String value) {
        headers.write(0);
        text(headers, name);
        text(headers, value);
    }

    private static void text(ByteArrayOutputStream headers, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int left = bytes.length - LENGTH_PREFIX;
        headers.write(Math.min(bytes.length, LENGTH_PREFIX));
        if (left >= 0) {
            while (left > LENGTH_PREFIX) {
                headers.write(left & LENGTH_PREFIX | LENGTH_PREFIX + 1);
                left >>>= 7;
            }
            headers.write(left);
        }
        headers.writeBytes(bytes);
    }
}
