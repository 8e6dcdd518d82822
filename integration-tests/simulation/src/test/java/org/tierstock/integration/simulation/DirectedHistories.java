package org.tierstock.integration.simulation;

import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.movements.ChannelKey;

/** Histories that random steps come to rarely, although the protocol has a protection for them. */
final class DirectedHistories {
    private static final ChannelKey NORTH = Goods.key("WEB", Goods.NORTH, Stage.TEA);
    private static final ChannelKey SOUTH = Goods.key("WEB", Goods.SOUTH, Stage.TEA);

    private DirectedHistories() {}

    /**
     * Three units are sold, and gone from the shelf before they are locked. The warehouse refuses before its count has been
     * heard of; what it refused must not be sold again.
     */
    static void refusalBeforeItsReason(Stage stage) {
        stage.receive("B", 3);
        LineNumber line = stage.sell("B", NORTH, 3);
        stage.count("B", 0);
        stage.lock();
        stage.giveUp(line);
        stage.endRefusals();
        if (stage.free("B") > 0) {
            stage.sell("B", SOUTH, stage.free("B"));
            stage.lock();
        }
        stage.rest();
    }

    /**
     * Three units are locked; of two a warehouse is asked to let go, and does. Before it is heard of, a loss makes the third
     * one short: it must not serve the cancel that the two will serve.
     */
    static void lossBeforeARelease(Stage stage) {
        stage.receive("B", 3);
        LineNumber line = stage.sell("B", NORTH, 3);
        stage.lock();
        stage.cancel(line, 2);
        stage.releaseUnheard();
        stage.count("B", 0);
        stage.bring();
        stage.rest();
    }

    /** A lock is refused, goods come, and the request comes once more: it must be refused again. */
    static void refusalAskedAgain(Stage stage) {
        stage.receive("B", 2);
        stage.sell("B", NORTH, 2);
        stage.count("B", 0);
        Runnable again = stage.lock();
        stage.receive("B", 5);
        again.run();
        stage.rest();
    }

    /** Goods are locked and shipped, everything about them is purged, and the request to lock them comes once more. */
    static void lockAskedAfterItWasPurged(Stage stage) {
        stage.receive("B", 5);
        stage.sell("B", NORTH, 2);
        Runnable again = stage.lock();
        stage.ship();
        stage.purge();
        again.run();
        stage.rest();
    }
}
