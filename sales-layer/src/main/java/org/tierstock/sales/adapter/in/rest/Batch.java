package org.tierstock.sales.adapter.in.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.posting.Overloaded;
import org.tierstock.runtime.problem.Problems;

/** Many documents in one request, each with an answer of its own, in the order asked. */
final class Batch {
    /** The most documents that one request may carry. */
    static final int MAX = 1_000;

    private Batch() {}

    /** The documents of a request. */
    static <Q> List<Q> of(String field, List<Q> documents) {
        if (documents == null || documents.isEmpty() || documents.size() > MAX) {
            throw new InvalidValue(field, "must hold 1 to " + MAX + " documents");
        }
        for (Q document : documents) {
            Bodies.present(field, document);
        }
        return documents;
    }

    /**
     * Submits each document by itself. One that is malformed, or for which there is no room, gets its own problem.
     *
     * @param command makes the command of a document
     * @param permit refuses a command that the caller may not give: then the whole request is refused and nothing is done
     */
    static <Q, C, O, B> CompletionStage<List<Answer<B>>> submit(
            List<Q> documents,
            Function<Q, C> command,
            Consumer<C> permit,
            Function<C, CompletionStage<O>> submit,
            Function<O, Answer<B>> answer) {
        List<Supplier<CompletionStage<O>>> submissions = new ArrayList<>(documents.size());
        for (Q document : documents) {
            try {
                C asked = command.apply(document);
                permit.accept(asked);
                submissions.add(() -> submit.apply(asked));
            } catch (InvalidValue malformed) {
                submissions.add(() -> CompletableFuture.failedFuture(malformed));
            }
        }
        List<CompletableFuture<Answer<B>>> answers = new ArrayList<>(documents.size());
        for (Supplier<CompletionStage<O>> submission : submissions) {
            answers.add(outcome(submission)
                    .thenApply(answer)
                    .exceptionally(failure -> Answer.problem(Problems.of(failure)))
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(
                        nothing -> answers.stream().map(CompletableFuture::join).toList());
    }

    private static <O> CompletionStage<O> outcome(Supplier<CompletionStage<O>> submission) {
        try {
            return submission.get();
        } catch (Overloaded full) {
            return CompletableFuture.failedFuture(full);
        }
    }
}
