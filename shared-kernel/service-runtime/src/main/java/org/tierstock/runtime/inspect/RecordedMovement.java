package org.tierstock.runtime.inspect;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A movement as the ledger has it (S27).
 *
 * @param movement its number in the ledger
 * @param movedAt by the database's clock, UTC
 * @param from what it took from
 * @param to what it put into
 * @param quantity whole units
 * @param message the message that reported it to another layer or brought it; absent when it stayed inside
 */
@Schema(name = "Movement")
public record RecordedMovement(
        long movement,
        Instant movedAt,
        String action,
        Place from,
        Place to,
        long quantity,
        Document document,
        Stamp message) {

    /**
     * A bucket of a stock row.
     *
     * @param key text form of the stock key; absent for EXTERNAL
     */
    @Schema(name = "MovementPlace")
    public record Place(String key, String bucket) {}

    /** The document line that is the movement's reason. */
    @Schema(name = "MovementDocument")
    public record Document(String kind, String number, int line) {}

    /** A numbered message. */
    @Schema(name = "MovementMessage")
    public record Stamp(String stream, int partition, long sequence) {}
}
