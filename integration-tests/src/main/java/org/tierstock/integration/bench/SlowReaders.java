package org.tierstock.integration.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Readers as they come in life: channels that list their orders page after page, and auditors that take the ledger slowly. */
final class SlowReaders implements AutoCloseable {
    private static final int LISTS = 40;
    private static final int DOWNLOADS = 24;
    private static final int PAGE = 1_000;
    /** A page begins so, unless nothing is on it. */
    private static final String NOT_EMPTY = "{\"items\":[{";

    private static final int CRAWL_BYTES = 1_024;
    private static final long CRAWL_MILLIS = 100;

    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong downloads = new AtomicLong();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private volatile boolean enough;

    private SlowReaders(URI url) {
        this.url = url;
    }

    /** Begins to read. */
    static SlowReaders start(URI url, String channelToken, String auditorToken) {
        SlowReaders readers = new SlowReaders(url);
        for (int i = 0; i < LISTS; i++) {
            readers.threads.add(Thread.ofVirtual().start(() -> readers.list(channelToken)));
        }
        for (int i = 0; i < DOWNLOADS; i++) {
            readers.threads.add(Thread.ofVirtual().start(() -> readers.crawl(auditorToken)));
        }
        return readers;
    }

    /** How many pages were answered. */
    long answered() {
        return lists.get();
    }

    /** How many were refused for now. */
    long refused() {
        return refused.get();
    }

    /** How many downloads of the ledger have begun with what was asked for. */
    long downloads() {
        return downloads.get();
    }

    /** Answers that nobody should have got, each once. */
    Set<String> wrong() {
        return Set.copyOf(wrong);
    }

    /** Says no for now: too many read. */
    private static boolean isRefusal(int status) {
        return status == 429 || status == 503;
    }

    private void list(String token) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/v1/orders?state=REFUND&limit=" + PAGE))
                .header("Authorization", "Bearer " + token)
                .build();
        while (!enough) {
            try {
                HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                String head = head(answer);
                if (isRefusal(answer.statusCode())) {
                    refused.incrementAndGet();
                } else if (answer.statusCode() == 200 && head.equals(NOT_EMPTY)) {
                    lists.incrementAndGet();
                } else {
                    wrong.add("a list was answered by " + answer.statusCode() + " " + head);
                }
            } catch (IOException e) {
                refused.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** How the answer begins, when all of it has come. */
    private static String head(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            String head = new String(body.readNBytes(NOT_EMPTY.length()), StandardCharsets.US_ASCII);
            body.transferTo(OutputStream.nullOutputStream());
            return head;
        }
    }

    private void crawl(String token) {
        while (!enough) {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.setReceiveBufferSize(CRAWL_BYTES);
                socket.getOutputStream()
                        .write("GET /v1/movements HTTP/1.0\r\nAuthorization: Bearer %s\r\nAccept: text/csv\r\n\r\n"
                                .formatted(token)
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                byte[] some = new byte[CRAWL_BYTES];
                told(new String(some, 0, Math.max(0, in.read(some)), StandardCharsets.US_ASCII));
                while (!enough && in.read(some) >= 0) {
                    Thread.sleep(CRAWL_MILLIS);
                }
            } catch (IOException refusedOrGone) {
                refused.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Notes how a download has begun. */
    private void told(String head) {
        String[] parts = head.split(" ", 3);
        int status = parts.length > 1 && parts[1].matches("[0-9]{3}") ? Integer.parseInt(parts[1]) : 0;
        if (status == 200) {
            downloads.incrementAndGet();
        } else if (status == 0 || isRefusal(status)) {
            refused.incrementAndGet();
        } else {
            wrong.add("a download was answered by " + status);
        }
    }

    @Override
    public void close() {
        enough = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchFailure("interrupted", e);
            }
        }
        client.close();
    }
}
