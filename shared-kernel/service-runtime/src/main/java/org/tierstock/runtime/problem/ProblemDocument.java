package org.tierstock.runtime.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of a problem (RFC 9457).
 *
 * @param type a URN made of the code
 * @param title the code in words
 * @param status the HTTP status, repeated for those who keep only the body
 * @param code stable; what programs decide on
 * @param detail a sentence for a person
 * @param members what else the code promises, for example the lines that were refused
 */
@Schema(name = "Problem")
@JsonPropertyOrder({"type", "title", "status", "code", "detail"})
public record ProblemDocument(
        String type,
        String title,
        int status,
        String code,
        String detail,
        @JsonAnyGetter @Schema(hidden = true) Map<String, Object> members) {

    static ProblemDocument of(Problem problem) {
        String words = problem.code().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new ProblemDocument(
                "urn:tierstock:problem:" + words.replace(' ', '-'),
                Character.toUpperCase(words.charAt(0)) + words.substring(1),
                problem.status(),
                problem.code(),
                problem.detail(),
                problem.members());
    }
}
