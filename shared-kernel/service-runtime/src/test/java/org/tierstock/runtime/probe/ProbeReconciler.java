package org.tierstock.runtime.probe;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.reconcile.Cut;
import org.tierstock.runtime.reconcile.CutTooOld;
import org.tierstock.runtime.reconcile.KeyPosition;
import org.tierstock.runtime.reconcile.Positions;
import org.tierstock.runtime.reconcile.Reconciler;

/** A layer whose peer says what the test wants it to say. */
@Singleton
public class ProbeReconciler implements Reconciler {
    private final Positions positions;
    private final Watermarks watermarks;
    private List<KeyPosition> there = List.of();
    private int tooOld;

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

    @Override
    public List<String> scopes() {
        return List.of("");
    }

    @Override
    public Statements state(String scope) {
        if (tooOld > 0) {
            tooOld--;
            throw new CutTooOld("The peer has purged what lies beyond the cut");
        }
        Cut cut = new Cut(
                List.of(Streams.DISPATCH_TO_SALES, Streams.SALES_TO_DISPATCH),
                watermarks.applied(Streams.DISPATCH_TO_SALES));
        return new Statements(cut, positions.at("probe_position", scope, cut), there);
    }
}
