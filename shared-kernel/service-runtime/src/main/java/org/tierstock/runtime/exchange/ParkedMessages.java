package org.tierstock.runtime.exchange;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.CannotApply.Because;
import org.tierstock.runtime.exchange.ParkedMessageReplay.Outcome;
import org.tierstock.runtime.exchange.Parking.Refused;
import org.tierstock.runtime.sql.Database;

/** Messages that could not be applied, with the reason. */
@ApplicationScoped
public class ParkedMessages {
    /** The longest reason that is kept, in characters. */
    private static final int REASON = 1_000;

    /** A place that is not the sender's to name is none, nor is one that nobody believes or that the message is not of. */
    private static final Set<Because> NO_PLACE =
            EnumSet.of(Because.WRONG_SENDER, Because.NOT_BELIEVED, Because.WRONG_ENVELOPE);

    /**
     * Some of the parked messages; each part that is null fits all.
     *
     * @param reason how their reason begins
     */
    record Kind(String reasonCode, String reason, String type, String queue) {}

    private final Database database;
    private final Inbox inbox;
    private final Watermarks watermarks;

    @Inject
    public ParkedMessages(Database database, Inbox inbox, Watermarks watermarks) {
        this.database = database;
        this.inbox = inbox;
        this.watermarks = watermarks;
    }

    /** For the container's proxy. */
    protected ParkedMessages() {
        this(null, null, null);
    }

    /**
     * Keeps messages for a person. The same message, delivered again, is kept once, as it came last: same by its id and by its place,
     * for an id is easily guessed, and what stands nowhere is not what stands somewhere.
     *
     * @return true for each
     */
    @Transactional
    List<Boolean> park(List<Refused> refused) {
        // In one order, so that replicas that park the same ones do not wait for each other in a circle.
        refused.stream()
                .sorted(Comparator.comparing((Refused one) -> one.delivery().queue())
                        .thenComparing(one -> one.delivery().id()))
                .forEach(this::park);
        return Collections.nCopies(refused.size(), Boolean.TRUE);
    }

    private void park(Refused refused) {
        Delivery delivery = refused.delivery();
        Because because = refused.because();
        // While it waits, nobody adjusts the keys that it may still change.
        Optional<? extends Received<?>> message = refused.message();
        // What says something that can be no place has none: what truly stands there still comes, and is asked for.
        StreamPosition place = refused.envelope()
                .filter(named -> !NO_PLACE.contains(because))
                .map(Envelope::position)
                .orElse(null);
        database.update(
                """
                INSERT INTO parked_message (queue, message_id, type, stream, partition, sequence, properties, payload, reason,
                                            reason_code, document, effect_keys)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(string_to_array(nullif(?, ''), E'\\x1f'), '{}'))
                ON CONFLICT (queue, message_id, stream, partition, sequence) WHERE state = 'PARKED'
                DO UPDATE SET type = excluded.type, properties = excluded.properties, payload = excluded.payload,
                              reason = excluded.reason, reason_code = excluded.reason_code,
                              document = excluded.document, effect_keys = excluded.effect_keys
                """,
                p -> p.text(1, delivery.queue())
                        .text(2, delivery.id())
                        .text(3, delivery.type() == null ? "" : printable(delivery.type()))
                        .text(4, place == null ? null : place.stream())
                        .number(5, place == null ? null : (Long) (long) place.partition())
                        .number(6, place == null ? null : (Long) place.sequence())
                        .text(7, printable(delivery.properties().encode()))
                        // What is never read is not kept: its length stands in the reason.
                        .bytes(8, delivery.isTooLarge() ? new byte[0] : delivery.payload())
                        .text(9, reason(refused.reason()))
                        .text(10, because.name())
                        .text(11, document(delivery, message))
                        .text(12, keys(message)));
    }

    /** The document line that it tells of; null when nothing could be read of it and no call has said so. */
    private static String document(Delivery delivery, Optional<? extends Received<?>> message) {
        return message.map(read -> read.message().businessKey()).orElseGet(delivery::document);
    }

    private static String keys(Optional<? extends Received<?>> message) {
        return message.map(read -> EffectColumns.keys(read.message())).orElse("");
    }

    /** PostgreSQL's text holds no NUL. */
    private static String printable(String text) {
        return text == null ? null : text.replace('\u0000', ' ');
    }

    /** A reason as a person is told it: of a length that can be read, and in one line, whatever stands in the message. */
    static String reason(String text) {
        return text.substring(0, Math.min(REASON, text.length())).replaceAll("\\p{Cntrl}", " ");
    }

    /** A parked message, as it came. */
    Optional<Delivery> find(long parkedId) {
        return database.queryOne(
                "SELECT queue, message_id, properties, payload FROM parked_message WHERE parked_id = ? AND state = 'PARKED'",
                p -> p.number(1, parkedId),
                row -> new Delivery(
                        row.getString(1), row.getString(2), new JsonObject(row.getString(3)), row.getBytes(4)));
    }

    /** The parked messages of that kind, oldest first. */
    List<Long> find(Kind kind, long after, int limit) {
        return database.query(
                """
                SELECT parked_id FROM parked_message
                WHERE state = 'PARKED' AND parked_id > ?
                  AND (?::text IS NULL OR reason_code = ?) AND starts_with(reason, ?)
                  AND (?::text IS NULL OR type = ?) AND (?::text IS NULL OR queue = ?)
                ORDER BY parked_id LIMIT ?
                """,
                p -> p.number(1, after)
                        .text(2, kind.reasonCode())
                        .text(3, kind.reasonCode())
                        .text(4, kind.reason() == null ? "" : kind.reason())
                        .text(5, kind.type())
                        .text(6, kind.type())
                        .text(7, kind.queue())
                        .text(8, kind.queue())
                        .integer(9, limit),
                row -> row.getLong(1));
    }

    /** Says what became of a parked message; false when somebody else has said so before. */
    @Transactional
    boolean settle(long parkedId, String state, String by) {
        return database.update("""
                        UPDATE parked_message SET state = ?, settled_at = now(), settled_by = ?
                        WHERE parked_id = ? AND state = 'PARKED'
                        """, p -> p.text(1, state).text(2, by).number(3, parkedId)) == 1;
    }

    /**
     * Closes a parked message. Its number counts as applied from then on, so that what follows it is contiguous and may be
     * purged; its effect never happens, which reconciliation will show.
     *
     * <p>One that cannot be read may be anything, and a message that is still to be written may take its number. So it gives the
     * number up only when its sender is known to have come that far. Until then what truly stands there is awaited.
     *
     * @param envelope where it stands in its stream, if anywhere
     * @param message what could be read of it
     * @return unknown when somebody else has said before what became of it
     */
    @Transactional
    Outcome giveUp(long parkedId, Optional<Envelope> envelope, Optional<? extends Received<?>> message, String by) {
        if (!settle(parkedId, "CLOSED", by)) {
            return new Outcome.Unknown();
        }
        boolean givenUp = envelope.filter(named -> message.isPresent() || reached(named.position()))
                .filter(inbox::giveUp)
                .isPresent();
        if (givenUp) {
            database.updateExactly(
                    1,
                    """
                    UPDATE parked_message
                    SET given_up = true, document = coalesce(?, document),
                        effect_keys = coalesce(string_to_array(nullif(?, ''), E'\\x1f'), '{}')
                    WHERE parked_id = ?
                    """,
                    p -> p.text(
                                    1,
                                    message.map(read -> read.message().businessKey())
                                            .orElse(null))
                            .text(2, keys(message))
                            .number(3, parkedId));
        }
        return new Outcome.Closed(givenUp);
    }

    /** Whether the sender is known to have come that far: something behind it has been applied, or the sender has told so. */
    private boolean reached(StreamPosition position) {
        return watermarks.applied(position.stream()).stream()
                        .anyMatch(applied ->
                                applied.partition() == position.partition() && applied.last() > position.sequence())
                || database.queryOne(
                                """
                                SELECT true FROM stream_released WHERE stream = ? AND partition = ? AND sequence >= ?
                                """,
                                p -> p.text(1, position.stream())
                                        .integer(2, position.partition())
                                        .number(3, position.sequence()),
                                row -> row.getBoolean(1))
                        .isPresent();
    }
}
