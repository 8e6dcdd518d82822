package org.tierstock.runtime.reconcile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * 每天对账 (S123): the differences that were open when a day began, oldest first.
 *
 * @param day in UTC
 * @param madeAt UTC
 * @param openCount how many there were
 * @param differences at most {@link OpenDifferences#MAX_REPORTED}; absent in lists
 */
@Schema(name = "DifferenceReport")
public record DifferenceReport(LocalDate day, Instant madeAt, long openCount, List<OpenDifference> differences) {}
