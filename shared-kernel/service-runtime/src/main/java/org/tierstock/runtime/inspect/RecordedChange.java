package org.tierstock.runtime.inspect;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of a master record or rule, and who made it. */
@Schema(description = "A change of a master record or rule, and who made it")
public record RecordedChange(
        @Schema(required = true, description = "Its number; later changes have higher ones", examples = "42")
        long change,

        @Schema(required = true, description = "When, by the database's clock")
        Instant changedAt,

        @Schema(required = true, description = "The subject of the token that was shown", examples = "alice")
        String subject,

        @Schema(description = "The id (jti) of that token, if it has one")
        String tokenId,

        @Schema(required = true, description = "The trace of the request: the log lines of all layers name it")
        String traceId,

        @Schema(required = true, description = "The kind of record", examples = "SOURCING_RULE")
        String kind,

        @Schema(required = true, description = "The record's code; of a location WAREHOUSE/CODE", examples = "EAST")
        String code,

        @Schema(required = true, description = "The record's version after the change, as its ETag", examples = "2")
        long version,

        @Schema(description = "The record as it was; absent when it was new")
        Map<String, Object> before,

        @Schema(required = true, description = "The record as it is since then")
        Map<String, Object> after) {}
