package org.tierstock.integration.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a campaign has seen. */
final class Report {
    private static final int SHOWN_OF_A_KIND = 3;

    /** Which entries may have taken nothing for good, and why. */
    private static final Map<String, Pattern> MAY_TAKE_NOTHING = Map.of(
            "questions change nothing",
            Pattern.compile(" GET |/(Get|Positions|OutboundPositions|Applied|HeldAnswers|Meet|Sent)$"),
            "a layer's messages, written by another, are never good",
            Pattern.compile("^tierstock\\."),
            "nothing has gone wrong that a person could decide on",
            Pattern.compile("/(closure|epoch|rebuild|replay|approval|rejection)$|/v1/reconciliation-adjustments$"));

    /** Four ways to place an order. */
    private static final Pattern ORDERS =
            Pattern.compile("sales POST /v1/orders(/batch)?|sales .*OrderService/Place(Batch)?");

    private final Map<String, Map<String, Long>> answers = new TreeMap<>();
    private final Map<String, List<String>> findings = new LinkedHashMap<>();
    private final Map<String, Long> findingCounts = new LinkedHashMap<>();
    private final Set<String> accepted = new TreeSet<>();
    private int told;
    private long inputs;
    private long proven;
    private long unproven;

    void answered(String entry, Verdict verdict) {
        inputs++;
        if (verdict instanceof Verdict.Effective) {
            accepted.add(entry);
        }
        String answer = verdict.answer();
        answers.computeIfAbsent(entry, name -> new TreeMap<>()).merge(answer, 1L, Long::sum);
    }

    void finding(long number, String entry, String why, Input input) {
        String[] kindAndDetail = why.split(": ", 2);
        String detail = kindAndDetail.length > 1 ? " -> " + kindAndDetail[1] : "";
        add(entry + ": " + kindAndDetail[0], "input " + number + ": " + input.text() + detail);
    }

    void finding(String entry, String why) {
        add(entry + ": " + why, "");
    }

    private void add(String kind, String example) {
        String shown = kind.length() > 600 ? kind.substring(0, 600) + "..." : kind;
        findingCounts.merge(shown, 1L, Long::sum);
        List<String> examples = findings.computeIfAbsent(shown, name -> new ArrayList<>());
        if (examples.size() < SHOWN_OF_A_KIND) {
            examples.add(example);
        }
    }

    /** Findings of a kind that was not told of before. */
    List<String> news() {
        List<String> all = findings();
        List<String> fresh = List.copyOf(all.subList(told, all.size()));
        told = all.size();
        return fresh;
    }

    void proven(int count) {
        proven += count;
    }

    void unproven(int count) {
        unproven += count;
    }

    /** Everything that should not have been, with what it was answered to. */
    List<String> findings() {
        return findings.entrySet().stream()
                .map(each -> findingCounts.get(each.getKey()) + "x " + each.getKey() + "\n    "
                        + String.join("\n    ", each.getValue()))
                .toList();
    }

    /** Entries that were called, each with its answers and how often they were given. */
    Map<String, Map<String, Long>> answers() {
        return answers;
    }

    /** Entries that have taken none of their inputs for good. Questions change nothing, and messages are never good. */
    Set<String> neverAccepted() {
        Set<String> never = new TreeSet<>(answers.keySet());
        never.removeAll(accepted);
        return never;
    }

    /** Kinds of documents of which none was accepted, though there is no reason for that. Some entries stand for one kind. */
    Set<String> kindsNeverAccepted() {
        Set<String> never = neverAccepted();
        Set<String> kinds = new TreeSet<>();
        never.stream()
                .filter(entry -> MAY_TAKE_NOTHING.values().stream()
                        .noneMatch(may -> may.matcher(entry).find()))
                .map(Report::kind)
                .forEach(kinds::add);
        accepted.stream().map(Report::kind).forEach(kinds::remove);
        return kinds;
    }

    private static String kind(String entry) {
        return ORDERS.matcher(entry).matches() ? "an order" : entry;
    }

    long inputs() {
        return inputs;
    }

    /** Inputs that were refused, or were questions, in a batch after which every table was as before. */
    long proven() {
        return proven;
    }

    /** Inputs for which something else was accepted in every round. */
    long unproven() {
        return unproven;
    }

    String line() {
        return "%,d changed nothing, %,d were accepted, %,d findings"
                .formatted(proven, inputs - proven - unproven, findings.size());
    }
}
