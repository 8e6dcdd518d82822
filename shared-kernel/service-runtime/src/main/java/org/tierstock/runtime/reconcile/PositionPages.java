package org.tierstock.runtime.reconcile;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.tierstock.runtime.calls.Unhurried;

/** Positions on their way between layers: in pages, of which neither side holds more than it works on. */
public final class PositionPages {
    private static final int PAGE = 1_000;

    private PositionPages() {}

    /**
     * Sends positions, each page when the caller has taken the one before: at least one, so that the envelope is told also
     * when there is nothing to state.
     */
    public static <A> void send(
            StreamObserver<A> caller,
            Iterator<KeyPosition> positions,
            Function<List<org.tierstock.protocol.v1.KeyPosition>, A> page) {
        Unhurried<A> answer = new Unhurried<>(caller);
        do {
            List<org.tierstock.protocol.v1.KeyPosition> next = new ArrayList<>();
            while (next.size() < PAGE && positions.hasNext()) {
                KeyPosition position = positions.next();
                next.add(org.tierstock.protocol.v1.KeyPosition.newBuilder()
                        .setScope(position.scope())
                        .setKey(position.key())
                        .setQuantity(position.quantity())
                        .build());
            }
            answer.send(page.apply(next));
        } while (positions.hasNext());
        caller.onCompleted();
    }

    /**
     * The positions of pages that come one by one.
     *
     * @param positions those of a page; may throw {@link CutTooOld}
     */
    public static <A> Iterator<KeyPosition> read(
            Iterator<A> pages, Function<A, List<org.tierstock.protocol.v1.KeyPosition>> positions) {
        return new Iterator<>() {
            private Iterator<org.tierstock.protocol.v1.KeyPosition> page =
                    List.<org.tierstock.protocol.v1.KeyPosition>of().iterator();

            @Override
            public boolean hasNext() {
                while (!page.hasNext() && pages.hasNext()) {
                    page = positions.apply(pages.next()).iterator();
                }
                return page.hasNext();
            }

            @Override
            public KeyPosition next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                org.tierstock.protocol.v1.KeyPosition next = page.next();
                return new KeyPosition(next.getScope(), next.getKey(), next.getQuantity());
            }
        };
    }
}
