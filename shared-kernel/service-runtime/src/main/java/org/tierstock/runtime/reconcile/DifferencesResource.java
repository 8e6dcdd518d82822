package org.tierstock.runtime.reconcile;

import io.quarkus.arc.properties.UnlessBuildProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** Differences that are open, by age, now and as each day's report has them (每天对账, S123). */
@Path("/v1")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@UnlessBuildProperty(name = "tierstock.layer", stringValue = "warehouse", enableIfMissing = true)
@RolesAllowed({Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class DifferencesResource {
    private static final int OPEN_KEY_PARTS = 3;
    private static final int REPORT_KEY_PARTS = 1;
    private static final int DATE_LENGTH = 10;

    private final OpenDifferences differences;

    @Inject
    DifferencesResource(OpenDifferences differences) {
        this.differences = differences;
    }

    /** Differences that the last reconciliation of their scope has shown, oldest first. */
    @GET
    @Path("/differences")
    @Operation(operationId = "listDifferences", summary = "Open differences with the other layer, oldest first")
    public Page<OpenDifference> open(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return differences.page(Cursor.parse(cursor, OPEN_KEY_PARTS), Limit.of(limit));
    }

    /** Daily reports, newest first, without their differences. */
    @GET
    @Path("/difference-reports")
    @Operation(operationId = "listDifferenceReports", summary = "Daily reports of open differences, newest first")
    public Page<DifferenceReport> reports(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        Cursor after = Cursor.parse(cursor, REPORT_KEY_PARTS);
        if (after != null) {
            day("cursor", after.part(0));
        }
        return differences.reports(after, Limit.of(limit));
    }

    /** The report of one day, with the differences that were open, oldest first. */
    @GET
    @Path("/difference-reports/{day}")
    @Operation(operationId = "showDifferenceReport", summary = "The open differences of a day (UTC), by age")
    public DifferenceReport report(@PathParam("day") String day) {
        return differences.report(day("day", day)).orElseThrow(() -> Problem.notFound("report of", day));
    }

    private static LocalDate day(String field, String text) {
        try {
            if (text.length() == DATE_LENGTH) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw Problem.malformed(field, field + " must be a date such as 2026-11-29, not " + text);
        }
        throw Problem.malformed(field, field + " must be a date such as 2026-11-29, not " + text);
    }
}
