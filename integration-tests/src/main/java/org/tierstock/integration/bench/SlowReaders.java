package org.tierstock.integration.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Readers as they come in life: channels that list their orders page after page, and auditors that take the ledger slowly. */
final class SlowReaders implements AutoCloseable {
    private static final int LISTS = 40;
    private static final int DOWNLOADS = 24;
    private static final int PAGE = 1_000;
    private static final int CRAWL_BYTES = 1_024;
    private static final long CRAWL_MILLIS = 100;

    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
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

    private void list(String token) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/v1/orders?state=REFUND&limit=" + PAGE))
                .header("Authorization", "Bearer " + token)
                .build();
        while (!enough) {
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                (status == 200 ? lists : refused).incrementAndGet();
            } catch (IOException e) {
                refused.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
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
