package org.tierstock.runtime.probe;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.Reconciler;
import org.tierstock.runtime.reconcile.StatedPositions;

/** A layer whose peer says what the test wants it to say. */
@Singleton
public class ProbeReconciler implements Reconciler {
    private final Positions positions;
    private final Watermarks watermarks;
    private List<KeyPosition> there = List.of();
    private int tooOld;
    private CountDownLatch stalled = new CountDownLatch(0);

    @Inject
    public ProbeReconciler(Positions positions, Watermarks watermarks) {
        this.positions = positions;
        this.watermarks = watermarks;
    }

    public void peerSays(List<KeyPosition> positionsThere) {
        this.there = positionsThere;
    }

    /** The next so many cuts are overtaken by a purge of the peer. */
    public void purgeMeanwhile(int cuts) {
        this.tooOld = cuts;
    }

    @Override
    public String peer() {
        return "dispatch";
    }

    /** The next run waits until it is let go. */
    public void stall(CountDownLatch letGo) {
        this.stalled = letGo;
    }

    @Override
    public void require(Part part) {
        if (part.warehouse() != null) {
            throw new InvalidValue("warehouse", "is not known here");
        }
    }

    @Override
    public void reconcile(Part part, Comparing comparing) {
        try {
            stalled.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        comparing.compare(() -> state(part.onlySku().orElse("")));
    }

    private Statements state(String sku) {
        if (tooOld > 0) {
            tooOld--;
            throw new CutTooOld("The peer has purged what lies beyond the cut");
        }
        Cut cut = Cut.whole(
                List.of(Streams.DISPATCH_TO_SALES, Streams.SALES_TO_DISPATCH),
                watermarks.applied(Streams.DISPATCH_TO_SALES));
        StatedPositions here = positions.at("probe_position", cut, sku);
        return new Statements(cut, here.read(), there.iterator(), here::close);
    }
}
