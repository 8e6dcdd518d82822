package org.tierstock.integration.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a history is one that requests could have made one at a time.
 *
 * <p>An operation has a point between its beginning and its end. Those that moved stock take the ledger's order. A question
 * or refusal takes the first point where the model answers the same: it changes nothing, so sooner is never worse. What
 * only made a document, like the cancel of a paid order, waits until its time is up, or that of another request about the
 * same order: only those can tell.
 */
final class Check {
    private final Model model = new Model();
    private final List<Operation> open;
    private final List<Posting> ledger;
    private int posted;
    private String why = "";

    private Check(List<Operation> operations, long opening, List<Posting> ledger) {
        model.supply(opening);
        this.open = new ArrayList<>(operations);
        this.open.sort(Comparator.comparingLong(Operation::begun));
        this.ledger = ledger;
    }

    /**
     * What contradicts the model; empty when nothing does.
     *
     * @param opening units that could be sold before the first operation began
     * @param ledger everything that moved the key's stock since, in order
     */
    static Optional<String> violation(List<Operation> operations, long opening, List<Posting> ledger) {
        return new Check(operations, opening, ledger).violation();
    }

    private Optional<String> violation() {
        while (posted < ledger.size() || answersAreOpen()) {
            boolean found = takeQuestions() || takeDocument(dueOrder()) || post() || takeDocument(Optional.empty());
            if (!found) {
                return Optional.of(stuck());
            }
            if (model.sellable() < 0) {
                return Optional.of("more was sold than there was: " + model.sellable() + " after " + last());
            }
        }
        return Optional.empty();
    }

    private boolean answersAreOpen() {
        return open.stream().anyMatch(operation -> operation.answer() != null);
    }

    /** The time by which one of the open operations must have had its point. */
    private long mustBy() {
        long by = Long.MAX_VALUE;
        for (Operation operation : open) {
            by = Math.min(by, operation.ended());
        }
        return by;
    }

    /** The order about which a request must have its point next; empty when no order is. */
    private Optional<String> dueOrder() {
        return open.stream()
                .min(Comparator.comparingLong(Operation::ended))
                .map(due -> due.request().order());
    }

    /** Takes every operation that may be next, is answered as the model does now, and changes nothing. */
    private boolean takeQuestions() {
        boolean any = false;
        while (take(Model.Step::changesNothing, Optional.empty())) {
            any = true;
        }
        return any;
    }

    /** Takes an operation that may be next, is answered as the model does now, and makes a document but moves nothing. */
    private boolean takeDocument(Optional<String> about) {
        return take(step -> !step.movesStock(), about);
    }

    private boolean take(Predicate<Model.Step> kind, Optional<String> about) {
        long by = mustBy();
        for (int i = 0; i < open.size() && open.get(i).begun() <= by; i++) {
            Operation operation = open.get(i);
            if (operation.answer() == null
                    || about.isPresent()
                            && !about.get().equals(operation.request().order())) {
                continue;
            }
            Model.Step step = model.ask(operation.request());
            if (kind.test(step) && operation.mayBe(step.answer())) {
                step.take();
                open.remove(i);
                return true;
            }
        }
        return false;
    }

    /** Takes the next posting of the ledger, and the operation that made it. */
    private boolean post() {
        if (posted == ledger.size()) {
            why = "the ledger has ended";
            return false;
        }
        switch (ledger.get(posted)) {
            case Posting.Supplied supplied -> model.supply(supplied.units());
            case Posting.Moved moved -> {
                Optional<Operation> maker = open.stream()
                        .filter(operation -> operation.request().document().equals(moved.document()))
                        .filter(Operation::mayHaveDone)
                        .findFirst();
                if (maker.isEmpty()) {
                    why = "the ledger's " + moved.document() + " was done by nobody who was told so";
                    return false;
                }
                Operation operation = maker.get();
                if (operation.begun() > mustBy()) {
                    why = "the ledger's next is " + text(operation) + ", which began later";
                    return false;
                }
                Model.Step step = model.ask(operation.request());
                if (!step.movesStock() || !operation.mayBe(step.answer())) {
                    why = "the ledger's next is " + text(operation) + ", to be answered " + step.answer();
                    return false;
                }
                step.take();
                open.remove(operation);
            }
        }
        posted++;
        return true;
    }

    private String stuck() {
        Operation first =
                open.stream().min(Comparator.comparingLong(Operation::ended)).orElse(null);
        String here = "after " + last() + ": " + why;
        return first == null
                ? here
                : text(first) + " fits at no point between its beginning and its end; the model answers "
                        + model.ask(first.request()).answer() + ' ' + here;
    }

    private String last() {
        return posted == 0 ? "nothing" : "posting " + posted + " (" + ledger.get(posted - 1) + ')';
    }

    private static String text(Operation operation) {
        return "client " + operation.client() + "'s " + operation.request() + " -> " + operation.answer() + " ["
                + operation.begun() + ", " + operation.ended() + ']';
    }
}
