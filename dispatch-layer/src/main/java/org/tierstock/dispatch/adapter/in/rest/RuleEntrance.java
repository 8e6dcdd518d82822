package org.tierstock.dispatch.adapter.in.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tierstock.dispatch.application.DefineRules.Definition;
import org.tierstock.dispatch.application.DefineRules.Outcome;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;

/** How regions, nodes and rules are stored and shown: 201 when new, 200 when changed, their revision as ETag. */
@ApplicationScoped
public class RuleEntrance {
    private static final String LANE = "rules";

    private final Caller caller;
    private final GroupCommit<Signed<Definition>, Outcome> defining;

    @Inject
    public RuleEntrance(Caller caller, GroupCommit<Signed<Definition>, Outcome> defining) {
        this.caller = caller;
        this.defining = defining;
    }

    /** Stores a record and shows it as it is then. */
    <T, B> Response define(Definition definition, Supplier<Revised<T>> found, Function<Revised<T>, B> body) {
        return switch (Answer.await(defining.submit(caller.party(), LANE, new Signed<>(definition, caller.actor())))) {
            case Outcome.Defined(long revision, boolean created) ->
                Response.status(created ? 201 : 200)
                        .tag(new EntityTag(Long.toString(revision)))
                        .entity(body.apply(found.get()))
                        .build();
            case Outcome.Outdated(long revision) ->
                throw Problem.of(412, "OUTDATED", "The record is not what If-Match says.");
            case Outcome.Unknown unknown ->
                throw Problem.of(422, "UNKNOWN_CODES", "The record names what nobody has described.")
                        .with("field", unknown.field())
                        .with("codes", unknown.codes().stream().sorted().toList());
        };
    }

    /** A record that was read, with its revision as ETag. */
    static <T, B> Response show(Revised<T> stored, Function<Revised<T>, B> body) {
        return Response.ok(body.apply(stored))
                .tag(new EntityTag(Long.toString(stored.revision())))
                .build();
    }

    /** A page of records by code. */
    static <T, B> Page<B> page(
            Integer limit,
            String cursor,
            BiFunction<String, Integer, List<Revised<T>>> list,
            Function<T, String> code,
            Function<Revised<T>, B> body) {
        Cursor after = Cursor.parse(cursor, 1);
        Limit rows = Limit.of(limit);
        List<Revised<T>> found = list.apply(after == null ? "" : after.part(0), rows.plusOne());
        return Page.of(found, rows, stored -> Cursor.of(code.apply(stored.value())))
                .map(body);
    }

    /** The revision that If-Match names; null without one. */
    static Long revision(String ifMatch) {
        if (ifMatch == null) {
            return null;
        }
        try {
            return Long.valueOf(ifMatch.replace("\"", ""));
        } catch (NumberFormatException e) {
            throw new InvalidValue(HttpHeaders.IF_MATCH, "must be an ETag of this resource");
        }
    }
}
