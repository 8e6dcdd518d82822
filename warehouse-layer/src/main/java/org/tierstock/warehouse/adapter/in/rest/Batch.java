package org.tierstock.warehouse.adapter.in.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.tierstock.movements.InvalidValue;
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
     * Submits each document by itself and waits for all. One that is malformed, or for which there is no room, gets its
     * own problem.
     *
     * @param submit makes the command, submits it and makes its answer
     */
    static <Q, B> List<Answer<B>> submit(List<Q> documents, Function<Q, CompletionStage<Answer<B>>> submit) {
        List<CompletableFuture<Answer<B>>> answers = new ArrayList<>(documents.size());
        for (Q document : documents) {
            answers.add(answer(document, submit)
                    .exceptionally(failure -> Answer.problem(Problems.of(failure)))
                    .toCompletableFuture());
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static <Q, B> CompletionStage<Answer<B>> answer(
            Q document, Function<Q, CompletionStage<Answer<B>>> submit) {
        try {
            return submit.apply(document);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Waits for the answer of a single document. */
    static <B> Answer<B> await(CompletionStage<Answer<B>> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (RuntimeException failure) {
            throw Problems.of(failure);
        }
    }
}
