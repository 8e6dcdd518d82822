package org.tierstock.warehouse.adapter.in.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.MasterResult;
import org.tierstock.warehouse.adapter.in.rest.MasterBodies.MasterResults;
import org.tierstock.warehouse.application.DefineMasters.Definition;
import org.tierstock.warehouse.application.port.Versioned;
import org.tierstock.warehouse.domain.DefineOutcome;

/** How all master records are stored and shown: 201 when new, 200 when changed, their version as ETag. */
@ApplicationScoped
public class MasterEntrance {
    private static final String LANE = "masters";

    private final Caller caller;
    private final GroupCommit<Signed<Definition>, DefineOutcome> defining;

    @Inject
    public MasterEntrance(Caller caller, GroupCommit<Signed<Definition>, DefineOutcome> defining) {
        this.caller = caller;
        this.defining = defining;
    }

    /** Stores one record and shows it. */
    <T> Response define(Definition definition, Function<DefineOutcome.Defined, T> body) {
        DefineOutcome.Defined defined = Batch.await(submit(definition)).orProblem();
        return Response.status(defined.created() ? 201 : 200)
                .tag(new EntityTag(Long.toString(defined.version())))
                .entity(body.apply(defined))
                .build();
    }

    /** Stores many records, each with a result of its own. */
    <Q> MasterResults defineAll(List<Q> records, Function<Q, String> code, Function<Q, Definition> definition) {
        List<Answer<DefineOutcome.Defined>> answers = Batch.submit(records, one -> submit(definition.apply(one)));
        List<MasterResult> results = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            Answer<DefineOutcome.Defined> answer = answers.get(i);
            results.add(new MasterResult(answer.status(), code.apply(records.get(i)), answer.problemDocument()));
        }
        return new MasterResults(results);
    }

    private CompletionStage<Answer<DefineOutcome.Defined>> submit(Definition definition) {
        return defining.submit(caller.party(), LANE, new Signed<>(definition, caller.actor()))
                .thenApply(MasterEntrance::answer);
    }

    private static Answer<DefineOutcome.Defined> answer(DefineOutcome outcome) {
        return switch (outcome) {
            case DefineOutcome.Defined defined -> Answer.document(defined, !defined.created());
            case DefineOutcome.VersionDiffers() ->
                Answer.problem(Problem.of(412, "OUTDATED", "The record is not what If-Match says."));
            case DefineOutcome.UnknownWarehouse() ->
                Answer.problem(Problem.of(404, Problem.NOT_FOUND, "There is no such warehouse."));
            case DefineOutcome.KindIsFixed(var kind) ->
                Answer.problem(Problem.of(409, "KIND_IS_FIXED", "What kind a location is never changes.")
                        .with("kind", kind));
        };
    }

    /** A record that was read, with its version as ETag. */
    static <T, B> Response show(Versioned<T> stored, Function<Versioned<T>, B> body) {
        return Response.ok(body.apply(stored))
                .tag(new EntityTag(Long.toString(stored.version())))
                .build();
    }

    /** The version that If-Match names. */
    static OptionalLong version(String ifMatch) {
        if (ifMatch == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(ifMatch.replace("\"", "")));
        } catch (NumberFormatException e) {
            throw new InvalidValue(HttpHeaders.IF_MATCH, "must be an ETag of this resource");
        }
    }
}
