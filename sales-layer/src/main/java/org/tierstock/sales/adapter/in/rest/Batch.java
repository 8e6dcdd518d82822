package org.tierstock.sales.adapter.in.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.problem.Problem;
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
     * @param submit makes the command and submits it
     */
    static <Q, O, B> CompletionStage<List<Answer<B>>> submit(
            List<Q> documents, Function<Q, CompletionStage<O>> submit, Function<O, Answer<B>> answer) {
        List<CompletableFuture<Answer<B>>> answers = new ArrayList<>(documents.size());
        for (Q document : documents) {
            answers.add(outcome(document, submit)
                    .thenApply(answer)
                    .exceptionally(failure -> Answer.problem(Problems.of(failure)))
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(
                        nothing -> answers.stream().map(CompletableFuture::join).toList());
    }

    /** A caller who names a foreign channel in one document is refused as a whole. */
    private static <Q, O> CompletionStage<O> outcome(Q document, Function<Q, CompletionStage<O>> submit) {
        try {
            return submit.apply(document);
        } catch (Problem refused) {
            throw refused;
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
