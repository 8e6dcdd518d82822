package org.tierstock.integration.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One connection that speaks HTTP/1.1 by the byte, because a proper client refuses to send what is bad. */
final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_LINE = 65_536;

    private final Socket socket;
    private final InputStream in;

    /** An answer: its headers by names in lower case. */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String contentType() {
            return headers.getOrDefault("content-type", "");
        }

        boolean last() {
            return headers.getOrDefault("connection", "").equalsIgnoreCase("close");
        }
    }

    Wire(URI to) throws IOException {
        socket = new Socket(to.getHost(), to.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends a request, all of it or as much as is taken, and reads the answer.
     *
     * @throws IOException when there is none
     */
    Answer exchange(byte[] request) throws IOException {
        IOException cut = null;
        try {
            socket.getOutputStream().write(request);
        } catch (IOException e) {
            // Who is refused early may find the answer waiting.
            cut = e;
        }
        try {
            return read();
        } catch (IOException e) {
            if (cut != null) {
                e.addSuppressed(cut);
            }
            throw e;
        }
    }

    private Answer read() throws IOException {
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
            throw new IOException("not HTTP: " + String.join(" ", status));
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Answer(Integer.parseInt(status[1]), headers, body(headers));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunk(); size > 0; size = chunk()) {
                body.write(in.readNBytes(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer ends early");
        }
        return body;
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().trim(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > LONGEST_LINE) {
                throw new EOFException("the connection was closed");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new FuzzFailure("A connection cannot be closed", e);
        }
    }
}
