package org.tierstock.local.demo;

import static org.tierstock.local.demo.Api.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;

/** What every layer offers to those who run it: its streams, audits and reconciliations. */
final class Operations {
    /** Where one stream stands in one partition. */
    record Place(String stream, int partition) {}

    /** What a layer has sent and applied. */
    record Streams(Map<Place, Long> heads, long unsent, Map<Place, Long> applied, long parked) {}

    /** The comparison of all balances with the ledger. */
    record Audit(long rows, long differences, String first) {}

    /** The comparison of one layer with another at a cut. */
    record Reconciliation(String peer, long keys, long differences, String first) {}

    private final Api api;

    Operations(Api api) {
        this.api = api;
    }

    Streams streams() {
        JsonNode answer = api.get("/v1/streams");
        Map<Place, Long> heads = new HashMap<>();
        long unsent = 0;
        for (JsonNode out : required(answer, "outgoing")) {
            heads.put(place(out), required(out, "head").asLong());
            unsent += required(out, "unsent").asLong();
        }
        Map<Place, Long> applied = new HashMap<>();
        for (JsonNode in : required(answer, "incoming")) {
            applied.put(place(in), required(in, "contiguous").asLong());
        }
        return new Streams(heads, unsent, applied, required(answer, "parked").asLong());
    }

    Audit audit() {
        JsonNode answer = check("/v1/audits");
        JsonNode differences = required(answer, "differences");
        return new Audit(required(answer, "rows").asLong(), differences.size(), first(differences));
    }

    Reconciliation reconcile() {
        JsonNode answer = check("/v1/reconciliations");
        JsonNode differences = required(answer, "differences");
        return new Reconciliation(
                required(answer, "peer").asText(),
                required(answer, "keys").asLong(),
                required(answer, "differenceCount").asLong(),
                first(differences));
    }

    /** Has a check begun, and waits until it is done. */
    private JsonNode check(String path) {
        JsonNode run = api.post(path, JsonNodeFactory.instance.objectNode()).body();
        while (required(run, "state").asText().equals("RUNNING")) {
            run = api.get(path + '/' + required(run, "number").asText());
        }
        if (!required(run, "state").asText().equals("DONE")) {
            throw new DemoFailure(path + " has failed: " + run);
        }
        // One that the timer has begun may have looked before whoever asks for it.
        return required(run, "askedBy").asText().isEmpty() ? check(path) : run;
    }

    private static Place place(JsonNode row) {
        return new Place(
                required(row, "stream").asText(), required(row, "partition").asInt());
    }

    private static String first(JsonNode differences) {
        return differences.isEmpty() ? "" : differences.get(0).toString();
    }
}
