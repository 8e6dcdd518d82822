package org.tierstock.dispatch.adapter.in.rest;

import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.GrantBody;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.RevocationBody;
import org.tierstock.dispatch.application.GrantStock;
import org.tierstock.dispatch.application.RevokeStock;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.problem.Problems;

/**
 * An outcome as an answer: a document, new or told again, or a problem.
 *
 * @param document null when there is a problem
 * @param problem null when there is a document
 */
record Answer<B>(B document, boolean replayed, Problem problem) {
    /** Says that the document had been recorded before. */
    static final String REPLAYED = "Idempotent-Replayed";

    static Answer<GrantBody> of(GrantStock.Grant asked, GrantStock.Outcome outcome) {
        return switch (outcome) {
            case GrantStock.Outcome.Granted granted -> document(GrantBody.of(granted.grant()), granted.replayed());
            case GrantStock.Outcome.NumberReused() -> problem(Problem.documentReused(asked.number()));
            case GrantStock.Outcome.NotServed() ->
                problem(Problem.of(409, "NOT_SERVED", "Goods of this cell may not serve this key."));
            case GrantStock.Outcome.TooLittleFree(long free) ->
                problem(Problem.of(409, "INSUFFICIENT_STOCK", "Less than that is free.")
                        .with("free", free));
            case GrantStock.Outcome.ShortLineWaits() ->
                problem(Problem.of(409, "SHORT_LINE_WAITS", "A short line that this node serves comes first."));
        };
    }

    static Answer<RevocationBody> of(RevokeStock.Revoke asked, RevokeStock.Outcome outcome) {
        return switch (outcome) {
            case RevokeStock.Outcome.Sent sent ->
                document(RevocationBody.of(asked.number(), sent.revocation()), sent.replayed());
            case RevokeStock.Outcome.NumberReused() -> problem(Problem.documentReused(asked.number()));
            case RevokeStock.Outcome.AccountTooSmall(long account) ->
                problem(Problem.of(409, "ACCOUNT_TOO_SMALL", "The key has been promised less than that.")
                        .with("account", account));
        };
    }

    private static <B> Answer<B> problem(Problem problem) {
        return new Answer<>(null, false, problem);
    }

    private static <B> Answer<B> document(B document, boolean replayed) {
        return new Answer<>(document, replayed, null);
    }

    /** The answer to a single request: 201, or 200 when it is told again. A problem is thrown, to be answered as one. */
    Response response() {
        if (problem != null) {
            throw problem;
        }
        Response.ResponseBuilder response =
                Response.status(replayed ? 200 : 201).entity(document);
        return replayed ? response.header(REPLAYED, "true").build() : response.build();
    }

    /** Waits for an outcome. */
    static <O> O await(CompletionStage<O> outcome) {
        try {
            return outcome.toCompletableFuture().join();
        } catch (RuntimeException failure) {
            throw Problems.of(failure);
        }
    }
}
