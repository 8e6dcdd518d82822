package org.tierstock.integration.bench;

/** What is measured once in every round. */
enum Cell {
    HOT_GRPC("hot SKU, gRPC", Side.TIERSTOCK),
    HOT_GRPC_NAIVE("  naive", Side.NAIVE),
    HOT_GRPC_BATCH("hot SKU, gRPC, 64 a call", Side.TIERSTOCK),
    HOT_GRPC_BATCH_NAIVE("  naive", Side.NAIVE),
    HOT_REST("hot SKU, REST", Side.TIERSTOCK),
    HOT_REST_NAIVE("  naive", Side.NAIVE),
    UNIFORM_GRPC("10,000 SKUs, gRPC", Side.TIERSTOCK),
    UNIFORM_GRPC_NAIVE("  naive", Side.NAIVE),
    UNIFORM_GRPC_IN_STORM("  beside a storm on another SKU", Side.TIERSTOCK),
    SOLD_OUT("refusals after sell-out, gRPC", Side.TIERSTOCK),
    SOLD_OUT_SELECT("  SELECT by key, gRPC", Side.NAIVE),
    IDLE("one at a time, gRPC", Side.TIERSTOCK),
    IDLE_ONE_STATEMENT("  one statement, gRPC", Side.NAIVE),
    INSERT("one-row INSERTs, 16 connections", Side.ROWS);

    /** Whose books a cell's acknowledged orders must be in. */
    enum Side {
        TIERSTOCK,
        NAIVE,
        ROWS
    }

    private final String title;
    private final Side side;

    Cell(String title, Side side) {
        this.title = title;
        this.side = side;
    }

    String title() {
        return title;
    }

    Side side() {
        return side;
    }
}
