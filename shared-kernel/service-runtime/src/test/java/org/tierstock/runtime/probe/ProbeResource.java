package org.tierstock.runtime.probe;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.tierstock.movements.Quantity;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.posting.OutcomeUnknown;
import org.tierstock.runtime.posting.Overloaded;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.DatabaseFailure;

/** An endpoint of every kind that the runtime has to guard. */
@Path("/v1/probe")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProbeResource {
    /** How long the large answer is: longer than the buffers between the two hold. */
    public static final int LARGE = 8_000_000;

    public enum Kind {
        PLAIN
    }

    public record Line(String sku, long quantity) {
        public Line {
            Quantity.positive("quantity", quantity);
        }
    }

    public record Document(
            String number,
            long count,
            Boolean urgent,
            Kind kind,
            LocalDate at,
            @NotEmpty List<Line> lines) {}

    @Inject
    Caller caller;

    @Inject
    Database database;

    @POST
    @Path("/documents")
    @RolesAllowed(Roles.OPERATOR)
    public Document post(@Valid Document document) {
        return document;
    }

    @GET
    @Path("/caller")
    @RolesAllowed({Roles.OPERATOR, Roles.CHANNEL})
    @Scoped
    public Map<String, Object> caller() {
        return Map.of(
                "subject", caller.subject(),
                "web", caller.mayUseChannel("web"),
                "shop", caller.mayUseChannel("shop"),
                "anyWarehouse", caller.mayUseWarehouse("w1"),
                "owner", caller.mayUseOwner("o1"));
    }

    @GET
    @Path("/channel")
    @RolesAllowed(Roles.CHANNEL)
    @Scoped
    public String channel(@QueryParam("channel") String channel) {
        caller.needsChannel(channel);
        return "{}";
    }

    @GET
    @Path("/limit")
    @RolesAllowed(Roles.OPERATOR)
    public Limit limit(@QueryParam("limit") Integer limit) {
        return Limit.of(limit);
    }

    /** Holds a connection to the database for a second. */
    @GET
    @Path("/second")
    @RolesAllowed(Roles.OPERATOR)
    public List<String> second() {
        return database.query("SELECT pg_sleep(1)::text", p -> {}, row -> row.getString(1));
    }

    /** An answer in one piece. */
    @GET
    @Path("/large")
    @RolesAllowed(Roles.OPERATOR)
    public String large() {
        return "1".repeat(LARGE);
    }

    @GET
    @Path("/text")
    @RolesAllowed(Roles.OPERATOR)
    public List<String> text(@QueryParam("text") String text) {
        return database.query("SELECT ?::text", p -> p.text(1, text), row -> row.getString(1));
    }

    @GET
    @Path("/failure")
    @RolesAllowed(Roles.OPERATOR)
    public String failure(@QueryParam("kind") String kind) {
        RuntimeException failure = switch (kind) {
            case "refused" ->
                Problem.of(409, "INSUFFICIENT_STOCK", "Not enough.").with("lines", List.of(Map.of("sku", "a")));
            case "overloaded" -> new Overloaded("full");
            case "unknown" -> new OutcomeUnknown(new SQLException("gone"));
            case "database" -> new DatabaseFailure(new SQLException("secret host", "08006"));
            default -> new IllegalStateException("secret internals");
        };
        return CompletableFuture.<String>failedFuture(failure).join();
    }

    @GET
    @Path("/forgotten")
    public String forgotten() {
        return "nobody said who may";
    }
}
