package org.tierstock.runtime.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import org.tierstock.movements.InvalidValue;

/** What is wrong with a body, in words about JSON and the field; Jackson's own words name our classes. */
final class JsonProblems {
    private JsonProblems() {}

    static Problem of(JsonProcessingException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamConstraintsException constraint) {
                return ofLimit(constraint);
            }
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof InvalidValue invalid) {
                return ofValue(failure, invalid);
            }
        }
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                Problem.malformed(path(unknown.getPath()), "The field is not known here.");
            case MismatchedInputException mismatch ->
                Problem.malformed(path(mismatch.getPath()), "The field is missing or has a value of another type.");
            case JsonMappingException mapping
            when mapping.getCause() instanceof JsonProcessingException inner && inner != mapping -> of(inner);
            case JsonMappingException mapping ->
                Problem.malformed(path(mapping.getPath()), "The value is not possible.");
            default -> ofSyntax(failure);
        };
    }

    private static Problem ofLimit(StreamConstraintsException constraint) {
        return constraint.getOriginalMessage().startsWith("Document length")
                ? Problems.tooLarge()
                : Problem.malformed("", "The body is nested too deeply, or a name, text or number in it is too long.");
    }

    private static Problem ofValue(JsonProcessingException failure, InvalidValue invalid) {
        String path = failure instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
        String field = path.isEmpty() ? invalid.field() : path + '.' + invalid.field();
        return Problem.malformed(field, invalid.getMessage() + '.');
    }

    private static Problem ofSyntax(JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String what = failure.getOriginalMessage().startsWith("Duplicate field")
                ? "A field occurs twice"
                : "The body is not valid JSON";
        return Problem.malformed("", what + where + '.');
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
