package org.tierstock.runtime.problem;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import io.grpc.StatusRuntimeException;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import java.io.CharConversionException;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.identity.RefusedToken;
import org.tierstock.runtime.posting.OutcomeUnknown;
import org.tierstock.runtime.posting.Overloaded;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.runtime.trace.TraceContext;

/** Says of any failure what the caller is told, for REST and gRPC alike. */
public final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final String CHARACTER_NOT_IN_DATABASE = "22021";
    private static final String QUERY_CANCELED = "57014";
    private static final String TIME_NOT_IN_DATABASE = "22008";

    private Problems() {}

    /**
     * The problem that a failure is. One that is nobody's mistake but ours is logged here, once, and told as
     * {@link Problem#INTERNAL} with its trace id and nothing else.
     */
    public static Problem of(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem;
            case InvalidValue invalid -> Problem.malformed(invalid.field(), sentence(invalid.getMessage()));
            case Overloaded overloaded ->
                Problem.of(429, Problem.OVERLOADED, "The service is busy; nothing was done.")
                        .retryAfterSeconds(1);
            case OutcomeUnknown unknown ->
                Problem.of(503, Problem.OUTCOME_UNKNOWN, "It may or may not have been done: repeat the same number.")
                        .retryAfterSeconds(1);
            case DatabaseFailure database -> of(database);
            case InvalidDefinitionException ours -> internal(ours);
            case JsonProcessingException ours when ours.getProcessor() instanceof JsonGenerator -> internal(ours);
            case JsonProcessingException json -> JsonProblems.of(json);
            case CharConversionException encoding -> Problem.malformed("", "The body is not valid UTF-8.");
            case ConstraintViolationException violations -> of(violations);
            case StatusRuntimeException call
            when isUnreachable(call) ->
                Problem.of(503, Problem.UNAVAILABLE, "Another layer cannot be reached at the moment.")
                        .retryAfterSeconds(1);
            case UnauthorizedException unauthorized -> unauthenticated(failure);
            case AuthenticationException unauthenticated -> unauthenticated(failure);
            case ForbiddenException forbidden -> Problem.forbidden("The token's roles do not allow this.");
            case WebApplicationException web -> of(web);
            default -> isWrapper(failure) ? of(failure.getCause()) : unexpected(failure);
        };
    }

    /** A failure of the commit or of the database, inside whatever a framework has made of it; else one of ours. */
    private static Problem unexpected(Throwable failure) {
        if (OutcomeUnknown.isBehind(failure)) {
            LOG.warnf("The outcome of a request is not known: %s", failure.getCause());
            return of(new OutcomeUnknown(failure));
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database) {
                return of(new DatabaseFailure(database));
            }
            if (cause instanceof StreamResetException || cause instanceof HttpClosedException) {
                // Callers take requests back as often as they like: that is no defect of this service, and nobody reads
                // this.
                return Problem.of(503, Problem.UNAVAILABLE, "The caller has gone.");
            }
        }
        return internal(failure);
    }

    private static boolean isUnreachable(StatusRuntimeException call) {
        return switch (call.getStatus().getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> true;
            default -> false;
        };
    }

    private static boolean isWrapper(Throwable failure) {
        return failure.getCause() != null
                && (failure instanceof CompletionException
                        || failure instanceof ExecutionException
                        || failure instanceof UndeclaredThrowableException);
    }

    private static Problem of(DatabaseFailure failure) {
        if (failure.sqlState().equals(CHARACTER_NOT_IN_DATABASE)) {
            return Problem.malformed("", "A text holds a character that cannot be stored.");
        }
        if (failure.sqlState().equals(TIME_NOT_IN_DATABASE)) {
            return Problem.malformed("", "A date or instant lies outside of the calendar.");
        }
        if (failure.sqlState().equals(QUERY_CANCELED)) {
            return Problem.of(503, Problem.UNAVAILABLE, "It takes longer than it may; nothing was done. Ask for less.")
                    .retryAfterSeconds(1);
        }
        if (failure.unreachable() || failure.conflict() || failure.nothingDone()) {
            LOG.warnf("The database could not serve a request: %s", failure.getMessage());
            return Problem.of(
                            503, Problem.UNAVAILABLE, "The database cannot serve this at the moment; nothing was done.")
                    .retryAfterSeconds(1);
        }
        return internal(failure);
    }

    private static Problem of(ConstraintViolationException failure) {
        List<Map<String, String>> violations = failure.getConstraintViolations().stream()
                .map(violation -> Map.of("field", field(violation), "message", violation.getMessage()))
                .sorted((a, b) -> a.get("field").compareTo(b.get("field")))
                .toList();
        boolean ours = failure.getConstraintViolations().stream().anyMatch(Problems::isAboutAnswer);
        return violations.isEmpty() || ours
                ? internal(failure)
                : Problem.malformed(violations.getFirst().get("field"), "A value is not what it must be.")
                        .with("violations", violations);
    }

    private static boolean isAboutAnswer(ConstraintViolation<?> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.RETURN_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** The path without the names of the method and its parameter, which are ours. */
    private static String field(ConstraintViolation<?> violation) {
        StringJoiner inBody = new StringJoiner(".");
        String parameter = "";
        for (Path.Node node : violation.getPropertyPath()) {
            switch (node.getKind()) {
                case METHOD, CONSTRUCTOR, CROSS_PARAMETER, RETURN_VALUE -> {}
                case PARAMETER -> parameter = node.getName();
                default -> inBody.add(node.toString());
            }
        }
        return inBody.length() == 0 ? parameter : inBody.toString();
    }

    private static Problem of(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        Throwable cause = failure.getCause();
        if (cause instanceof Problem || cause instanceof InvalidValue || cause instanceof JsonProcessingException) {
            return of(cause);
        }
        return switch (status) {
            case 400 -> Problem.of(400, Problem.MALFORMED, "The request cannot be understood.");
            case 401 -> unauthenticated(cause);
            case 403 -> Problem.forbidden("The token's roles do not allow this.");
            case 404 ->
                cause == null
                        ? Problem.of(404, Problem.NOT_FOUND, "There is no such resource.")
                        : Problem.of(400, Problem.MALFORMED, "A parameter is not what it must be.");
            case 405 -> Problem.of(405, "METHOD_NOT_ALLOWED", "The resource has no such method.");
            case 406 -> Problem.of(406, "NOT_ACCEPTABLE", "The resource has no such form.");
            case 413 -> tooLarge();
            case 415 -> Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
            default ->
                status >= 400 && status < 500
                        ? Problem.of(status, "REFUSED", "The request is refused.")
                        : internal(failure);
        };
    }

    private static Problem unauthenticated(Throwable failure) {
        return Problem.unauthenticated(RefusedToken.reason(failure));
    }

    static Problem tooLarge() {
        return Problem.of(413, Problem.TOO_LARGE, "The request is larger than the service reads.");
    }

    private static Problem internal(Throwable failure) {
        String traceId = TraceContext.current().traceId();
        LOG.errorf(failure, "A request failed (trace %s)", traceId);
        return Problem.of(500, Problem.INTERNAL, "The service failed. Name the trace id when you report it.")
                .with("traceId", traceId);
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + '.';
    }
}
