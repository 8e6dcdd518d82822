package org.tierstock.runtime.sql;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A caller that speaks PostgreSQL's protocol as far as the middle of a request and no further: its statement is carried out,
 * and the server waits for what should follow, although both of its time-outs are half a second.
 */
final class HalfARequest implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 196_608;
    private static final int PATIENCE_MILLIS = 500;
    private static final char READY = 'Z';
    private static final char DONE = 'C';

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** Begins a transaction, and sends this statement of it; returns when the statement has been carried out. */
    HalfARequest(int port, String user, String database, String statement) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
        send(
                (char) 0,
                number(PROTOCOL_3_0),
                text("user"),
                text(user),
                text("database"),
                text(database),
                text("options"),
                text("-c idle_in_transaction_session_timeout=500 -c statement_timeout=500"),
                text(""));
        await(READY);
        send('Q', text("BEGIN"));
        await(READY);
        send('P', text(""), text(statement), new byte[2]);
        send('B', text(""), text(""), new byte[6]);
        send('E', text(""), number(0));
        // Flush: let me see how far you are. The Sync that would end the request never comes.
        send('H');
        await(DONE);
    }

    /** Whether the server has ended the session. */
    boolean isEnded() throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            in.readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    private void send(char type, byte[]... parts) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.write(part);
        }
        if (type != 0) {
            out.writeByte(type);
        }
        out.writeInt(Integer.BYTES + body.size());
        body.writeTo(out);
        out.flush();
    }

    private void await(char type) throws IOException {
        char said;
        do {
            said = (char) in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
            if (said == 'E') {
                throw new IOException(new String(body, StandardCharsets.UTF_8));
            }
        } while (said != type);
    }

    private static byte[] text(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
