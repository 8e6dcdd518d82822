package org.tierstock.runtime.history;

import java.util.List;
import org.tierstock.movements.StreamPosition;
import org.tierstock.protocol.v1.KeptMessage;
import org.tierstock.runtime.exchange.AppliedPosition;

/** Histories as gRPC carries them. */
final class Wire {
    private Wire() {}

    static org.tierstock.protocol.v1.Seen of(Seen seen) {
        return org.tierstock.protocol.v1.Seen.newBuilder()
                .setEpoch(seen.epoch())
                .addAllJournals(seen.journals())
                .addAllAcknowledged(seen.acknowledged().stream().map(Wire::of).toList())
                .build();
    }

    static Seen of(org.tierstock.protocol.v1.Seen seen) {
        return new Seen(seen.getEpoch(), seen.getJournalsList(), positions(seen.getAcknowledgedList()));
    }

    static org.tierstock.protocol.v1.AppliedPosition of(AppliedPosition position) {
        return org.tierstock.protocol.v1.AppliedPosition.newBuilder()
                .setStream(position.stream())
                .setPartition(position.partition())
                .setContiguous(position.contiguous())
                .addAllBeyond(position.beyond())
                .build();
    }

    static List<AppliedPosition> positions(List<org.tierstock.protocol.v1.AppliedPosition> positions) {
        return positions.stream()
                .map(position -> new AppliedPosition(
                        position.getStream(),
                        position.getPartition(),
                        position.getContiguous(),
                        position.getBeyondList()))
                .toList();
    }

    static org.tierstock.protocol.v1.StreamPosition of(StreamPosition position) {
        return org.tierstock.protocol.v1.StreamPosition.newBuilder()
                .setStream(position.stream())
                .setPartition(position.partition())
                .setSequence(position.sequence())
                .build();
    }

    static StreamPosition of(org.tierstock.protocol.v1.StreamPosition position) {
        return new StreamPosition(position.getStream(), position.getPartition(), position.getSequence());
    }

    static KeptMessage of(Histories.Kept kept) {
        return KeptMessage.newBuilder()
                .setPosition(of(kept.position()))
                .setEpoch(kept.epoch())
                .setJournal(kept.journal())
                .setType(kept.type())
                .setPayload(kept.payload())
                .build();
    }
}
