package org.tierstock.integration.faults;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a run does to a platform, by kind: how it is told of, and which runs must not end without it. */
enum FaultKind {
    KILL("kills", "no process was killed"),
    STALL("stalls", "no process stood still"),
    NETWORK("networkFaults", "no way between two processes was harmed"),
    ONE_WAY_CUT("oneWayCuts", "no replica was turned away where it is cut off from one other layer"),
    LOST_STORE("brokerStoresLost", "the broker never lost its files"),
    HELD_SNAPSHOT("snapshotsHeld", "no reader kept its snapshot of a ledger until the end of a round"),
    MISSING_MONTH(
            "monthsMissing", "no ledger lacked its month while a reader kept a snapshot of it and orders went on"),
    FAIL_OVER("failOvers", "no database fell back to an older state");

    private final String figure;
    private final String absence;

    FaultKind(String figure, String absence) {
        this.figure = figure;
        this.absence = absence;
    }

    /** How it is called where it is counted. */
    String figure() {
        return figure;
    }

    /** A sentence for a run that was to have it and had none. */
    String absence() {
        return "This run shows less than it should: " + absence + '.';
    }

    /** What a run must have had that lasted for these rounds. */
    static Set<FaultKind> due(List<Schedule.Round> rounds, boolean failOver) {
        Set<FaultKind> due = EnumSet.of(ONE_WAY_CUT, MISSING_MONTH);
        if (!rounds.isEmpty()) {
            due.addAll(EnumSet.of(KILL, STALL, NETWORK));
        }
        if (rounds.size() >= Schedule.FIRST_LOST_STORE) {
            due.add(LOST_STORE);
        }
        if (!rounds.stream().allMatch(round -> round.kills("postgres"))) {
            // A snapshot dies with its server.
            due.add(HELD_SNAPSHOT);
        }
        if (failOver) {
            due.add(FAIL_OVER);
        }
        return due;
    }
}
