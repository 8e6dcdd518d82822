package org.tierstock.integration.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.tierstock.local.LayerDatabase;

/**
 * What the machine can do at best with a commit a row: 16 connections insert one row after the other into one table,
 * each in a transaction of its own, straight from here, without any service between.
 */
final class InsertRate implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final List<Connection> connections = new ArrayList<>();

    InsertRate(LayerDatabase database) {
        try {
            while (connections.size() < CONNECTIONS) {
                connections.add(Databases.connect(database));
            }
        } catch (SQLException e) {
            throw new BenchFailure("no connection for the inserts", e);
        }
    }

    Load.Outcome run(Duration duration) {
        Histogram latencies = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        AtomicInteger rows = new AtomicInteger();
        ConcurrentLinkedQueue<SQLException> failures = new ConcurrentLinkedQueue<>();
        long beginNanos = System.nanoTime();
        long endNanos = beginNanos + duration.toNanos();
        List<Thread> writers = connections.stream()
                .map(connection -> Thread.ofPlatform().start(() -> {
                    try {
                        rows.addAndGet(insertUntil(endNanos, connection, latencies));
                    } catch (SQLException e) {
                        failures.add(e);
                    }
                }))
                .toList();
        for (Thread writer : writers) {
            join(writer);
        }
        if (!failures.isEmpty()) {
            throw new BenchFailure("an insert failed", failures.peek());
        }
        return new Load.Outcome(rows.get(), 0, System.nanoTime() - beginNanos, latencies);
    }

    private static int insertUntil(long endNanos, Connection connection, Histogram latencies) throws SQLException {
        int rows = 0;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO one_row (document, sku, quantity) VALUES (?, 'HOT', 1)")) {
            while (System.nanoTime() < endNanos) {
                long sentNanos = System.nanoTime();
                insert.setString(1, "ROW-" + sentNanos);
                insert.executeUpdate();
                latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sentNanos));
                rows++;
            }
        }
        return rows;
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new BenchFailure("a connection cannot be closed", e);
            }
        }
    }

    private static void join(Thread writer) {
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }
}
