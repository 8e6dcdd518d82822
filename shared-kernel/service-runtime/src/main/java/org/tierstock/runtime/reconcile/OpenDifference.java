package org.tierstock.runtime.reconcile;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A difference that the last reconciliation of its scope has shown.
 *
 * @param scope what was compared: a warehouse, or empty
 * @param here whole units at this layer, as the last reconciliation found them; there at the other one
 * @param firstSeenAt when it was found first, UTC: its age counts from then, whatever its quantities were
 * @param firstSeenIn the reconciliation that found it first
 * @param lastSeenAt UTC
 * @param lastSeenIn the reconciliation that found it last
 */
@Schema(name = "OpenDifference")
public record OpenDifference(
        String scope,
        String key,
        long here,
        long there,
        Instant firstSeenAt,
        String firstSeenIn,
        Instant lastSeenAt,
        String lastSeenIn) {}
