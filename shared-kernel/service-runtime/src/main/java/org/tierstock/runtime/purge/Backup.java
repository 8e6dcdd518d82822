package org.tierstock.runtime.purge;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A backup of this layer's database that somebody would restore.
 *
 * @param number as its operator calls it
 * @param registeredAt before it was begun, UTC
 * @param closedAt since when nobody would restore it any more, UTC; absent while somebody would
 */
@Schema(name = "Backup")
public record Backup(String number, Instant registeredAt, String registeredBy, Instant closedAt, String closedBy) {}
