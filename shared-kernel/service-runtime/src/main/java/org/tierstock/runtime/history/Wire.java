package org.tierstock.runtime.history;

import org.tierstock.protocol.v1.KeptMessage;
import org.tierstock.runtime.calls.Protos;

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
