package org.tierstock.runtime.calls;

import java.util.List;
import org.tierstock.movements.StreamPosition;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.protocol.v1.NumberRange;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.NumberRanges;

/** What the calls between layers have in common, as protobuf carries it: envelopes and positions. */
public final class Protos {
    private Protos() {}

    /**
     * The envelope of a call or an answer. Of an answer it is made after the commit: its number is then at least that of the
     * transaction that the answer depends on.
     */
    public static Envelope envelope(Installation installation) {
        return Envelope.newBuilder()
                .setEpoch(installation.epoch())
                .setJournal(installation.journal())
                .build();
    }

    public static org.tierstock.protocol.v1.StreamPosition of(StreamPosition position) {
        return org.tierstock.protocol.v1.StreamPosition.newBuilder()
                .setStream(position.stream())
                .setPartition(position.partition())
                .setSequence(position.sequence())
                .build();
    }

    /** @throws org.tierstock.movements.InvalidValue when it is none */
    public static StreamPosition of(org.tierstock.protocol.v1.StreamPosition position) {
        return new StreamPosition(position.getStream(), position.getPartition(), position.getSequence());
    }

    public static org.tierstock.protocol.v1.AppliedPosition of(AppliedPosition position) {
        return org.tierstock.protocol.v1.AppliedPosition.newBuilder()
                .setStream(position.stream())
                .setPartition(position.partition())
                .setContiguous(position.contiguous())
                .addAllBeyond(position.beyond().ranges().stream()
                        .map(range -> NumberRange.newBuilder()
                                .setFirst(range.first())
                                .setLast(range.last())
                                .build())
                        .toList())
                .build();
    }

    /** @throws org.tierstock.movements.InvalidValue when it is none */
    public static AppliedPosition of(org.tierstock.protocol.v1.AppliedPosition position) {
        return new AppliedPosition(
                position.getStream(),
                position.getPartition(),
                position.getContiguous(),
                new NumberRanges(position.getBeyondList().stream()
                        .map(range -> new NumberRanges.Range(range.getFirst(), range.getLast()))
                        .toList()));
    }

    /** @throws org.tierstock.movements.InvalidValue when one is none */
    public static List<AppliedPosition> applied(List<org.tierstock.protocol.v1.AppliedPosition> positions) {
        return positions.stream().map(Protos::of).toList();
    }
}
