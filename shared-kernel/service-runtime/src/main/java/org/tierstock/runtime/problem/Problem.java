package org.tierstock.runtime.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A request is not carried out, and the caller is told why. Thrown by driving adapters only: inside, a refusal is a
 * value.
 *
 * <p>Immutable; it has no stack trace, because a refusal under load must cost nothing.
 */
public final class Problem extends RuntimeException {
    /** The request cannot be understood: status 400. */
    public static final String MALFORMED = "MALFORMED";
    /** No valid token: status 401. */
    public static final String UNAUTHENTICATED = "UNAUTHENTICATED";
    /** The caller may not do this, or not with this channel, warehouse or owner: status 403. */
    public static final String FORBIDDEN = "FORBIDDEN";
    /** What the path names does not exist: status 404. */
    public static final String NOT_FOUND = "NOT_FOUND";
    /** The document's number is known with other content: status 409. */
    public static final String DOCUMENT_REUSED = "DOCUMENT_REUSED";
    /** The request is larger than the service reads: status 413. */
    public static final String TOO_LARGE = "TOO_LARGE";
    /** The service has more to do than it may keep waiting; nothing was done: status 429. */
    public static final String OVERLOADED = "OVERLOADED";
    /** A defect of the service: status 500. */
    public static final String INTERNAL = "INTERNAL";
    /** It may or may not have been done; repeat with the same number: status 503. */
    public static final String OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN";
    /** Something the service needs cannot be reached; nothing was done: status 503. */
    public static final String UNAVAILABLE = "UNAVAILABLE";

    private static final int NO_RETRY = -1;

    private final int status;
    private final String code;
    private final int retryAfterSeconds;
    private final Map<String, Object> members;

    private Problem(int status, String code, String detail, int retryAfterSeconds, Map<String, Object> members) {
        super(detail, null, false, false);
        this.status = status;
        this.code = Objects.requireNonNull(code, "code");
        this.retryAfterSeconds = retryAfterSeconds;
        this.members = members;
    }

    /**
     * A problem.
     *
     * @param status HTTP status, 400 to 599
     * @param code stable, upper case with underscores; part of the interface
     * @param detail a sentence for a person; never the basis of a program's decision
     */
    public static Problem of(int status, String code, String detail) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("Not the status of a problem: " + status);
        }
        return new Problem(status, code, detail, NO_RETRY, Map.of());
    }

    /** 400 {@link #MALFORMED}: a field is not what it must be. */
    public static Problem malformed(String field, String detail) {
        return of(400, MALFORMED, detail).with("field", field);
    }

    /**
     * 401 {@link #UNAUTHENTICATED}.
     *
     * @param reason what is wrong with the token, as the rest of a sentence; empty when nothing is to be said of it
     */
    public static Problem unauthenticated(String reason) {
        return of(
                401,
                UNAUTHENTICATED,
                "A valid bearer token is needed" + (reason.isEmpty() ? "." : ": " + reason + '.'));
    }

    /** 403 {@link #FORBIDDEN}. */
    public static Problem forbidden(String detail) {
        return of(403, FORBIDDEN, detail);
    }

    /** 404 {@link #NOT_FOUND}: for example {@code notFound("order", number)}. */
    public static Problem notFound(String what, String number) {
        return of(404, NOT_FOUND, "There is no " + what + " " + number + ".");
    }

    /** 409 {@link #DOCUMENT_REUSED}: the number was used before, with other content. */
    public static Problem documentReused(String number) {
        return of(409, DOCUMENT_REUSED, "The number " + number + " was used before with other content.");
    }

    /** The same problem with one more member in its body. */
    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(status, code, detail(), retryAfterSeconds, Collections.unmodifiableMap(more));
    }

    /** The same problem with advice when to try again. */
    public Problem retryAfterSeconds(int seconds) {
        return new Problem(status, code, detail(), seconds, members);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** A sentence for a person. */
    public String detail() {
        return getMessage();
    }

    /** The members beyond those of the RFC. */
    public Map<String, Object> members() {
        return members;
    }

    /** When to try again, if that makes sense. */
    public OptionalInt retryAfterSeconds() {
        return retryAfterSeconds == NO_RETRY ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
    }

    /** The body that the caller gets; also one item of a batch's results. */
    public ProblemDocument document() {
        return ProblemDocument.of(this);
    }
}
