package org.tierstock.runtime.history;

import java.util.List;
import org.tierstock.protocol.v1.KeptMessage;
import org.tierstock.protocol.v1.MeetRequest;
import org.tierstock.protocol.v1.NumberRange;
import org.tierstock.protocol.v1.StreamRange;
import org.tierstock.runtime.calls.Protos;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.NumberRanges;

/** Histories as gRPC carries them. */
final class Wire {
    private Wire() {}

    static org.tierstock.protocol.v1.Seen of(Seen seen) {
        return org.tierstock.protocol.v1.Seen.newBuilder()
                .setEpoch(seen.epoch())
                .addAllJournals(seen.journals())
                .addAllReleased(seen.released().stream().map(Protos::of).toList())
                .build();
    }

    static Seen of(org.tierstock.protocol.v1.Seen seen) {
        return new Seen(
                seen.getEpoch(),
                seen.getJournalsList(),
                seen.getReleasedList().stream().map(Protos::of).toList());
    }

    /** The greeting of a layer that has taken this. */
    static MeetRequest meeting(Installation installation, String layer, List<AppliedPosition> taken) {
        return MeetRequest.newBuilder()
                .setEnvelope(Protos.envelope(installation))
                .setLayer(layer)
                .addAllApplied(taken.stream().map(Protos::of).toList())
                .build();
    }

    static StreamRange of(Unused unused) {
        return StreamRange.newBuilder()
                .setStream(unused.stream())
                .setPartition(unused.partition())
                .setNumbers(NumberRange.newBuilder()
                        .setFirst(unused.numbers().first())
                        .setLast(unused.numbers().last()))
                .build();
    }

    /** @throws org.tierstock.movements.InvalidValue when there are no such numbers */
    static Unused of(StreamRange range) {
        return new Unused(
                range.getStream(),
                range.getPartition(),
                new NumberRanges.Range(
                        range.getNumbers().getFirst(), range.getNumbers().getLast()));
    }

    static KeptMessage of(Histories.Kept kept) {
        return KeptMessage.newBuilder()
                .setPosition(Protos.of(kept.position()))
                .setEpoch(kept.epoch())
                .setJournal(kept.journal())
                .setType(kept.type())
                .setPayload(kept.payload())
                .build();
    }
}
