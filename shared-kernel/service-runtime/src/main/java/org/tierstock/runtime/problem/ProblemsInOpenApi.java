package org.tierstock.runtime.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Says in the interface description which problems each operation may answer, and both ways to succeed, so that no resource
 * repeats it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemsInOpenApi implements OASFilter {
    private static final String RESPONSE = "Problem";
    private static final String SCHEMA_REF = "#/components/schemas/Problem";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents().addSchema("Problem", schema());
        api.getComponents()
                .addResponse(
                        RESPONSE,
                        OASFactory.createAPIResponse()
                                .description("The request is not carried out; the code says why.")
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                ProblemResponses.PROBLEM_JSON,
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref(SCHEMA_REF)))));
        if (api.getPaths() != null && api.getPaths().getPathItems() != null) {
            api.getPaths().getPathItems().forEach(ProblemsInOpenApi::describe);
        }
    }

    private static Schema schema() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("RFC 9457. Further members depend on the code.")
                .addProperty("type", text("A URN made of the code"))
                .addProperty("title", text("The code in words"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("code", text("Stable; what programs decide on"))
                .addProperty("detail", text("A sentence for a person"))
                .required(List.of("type", "title", "status", "code"));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }

    private static void describe(String path, PathItem item) {
        for (Map.Entry<PathItem.HttpMethod, Operation> operation :
                item.getOperations().entrySet()) {
            APIResponses responses = operation.getValue().getResponses();
            add(responses, "400", "401", "403", "406", "429", "500", "503");
            if (path.contains("{")) {
                add(responses, "404");
            }
            if (operation.getKey() != PathItem.HttpMethod.GET) {
                add(responses, "409", "422");
            }
            if (operation.getKey() == PathItem.HttpMethod.PUT) {
                add(responses, "412");
            }
            if (operation.getValue().getRequestBody() != null) {
                add(responses, "413", "415");
                describeSuccess(operation.getKey(), responses);
            }
        }
    }

    /** A master is made by its first PUT, a document recorded by its first POST; what comes after is answered otherwise. */
    private static void describeSuccess(PathItem.HttpMethod method, APIResponses responses) {
        switch (method) {
            case PUT -> alike(responses, "200", "201", "It is new");
            case POST ->
                alike(responses, "201", "200", "It had been recorded before, says the header Idempotent-Replayed");
            default -> {}
        }
    }

    private static void alike(APIResponses responses, String described, String other, String description) {
        APIResponse known = responses.getAPIResponse(described);
        if (known != null && responses.getAPIResponse(other) == null) {
            responses.addAPIResponse(
                    other,
                    OASFactory.createAPIResponse().description(description).content(known.getContent()));
        }
    }

    private static void add(APIResponses responses, String... statuses) {
        for (String status : statuses) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().ref("#/components/responses/" + RESPONSE));
        }
    }
}
