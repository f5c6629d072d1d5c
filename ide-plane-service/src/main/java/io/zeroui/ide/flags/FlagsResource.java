package io.zeroui.ide.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.ide.flags.FlagAnswers.Answer;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jspecify.annotations.Nullable;

/** OFREP, the remote evaluation protocol of OpenFeature, version 0.2: its bodies, also those of refusals. */
@Path("/ofrep/v1/evaluate/flags")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "flags", description = "Feature flags that count on this edge")
public class FlagsResource {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INVALID_CONTEXT = "INVALID_CONTEXT";
    private static final String NO_CONTEXT = "The body is {\"context\":{…}}";

    private final FlagAnswers flags;

    FlagsResource(FlagAnswers flags) {
        this.flags = flags;
    }

    /** What one flag is. */
    @POST
    @Path("{key}")
    @RequiresPermission(value = Permission.POLICY_READ, planeWide = true)
    @Operation(operationId = "evaluateFlag", summary = "What a feature flag is in a context (OFREP)")
    @APIResponse(responseCode = "200", description = "Value, variant and reason")
    @APIResponse(responseCode = "400", description = "The context does not do, or the flag's content is none")
    @APIResponse(responseCode = "404", description = "No flag of that key is for this edge")
    public RestResponse<ObjectNode> one(@PathParam("key") String key, byte[] body) {
        JsonNode context = context(body);
        Answer answer = context == null ? FlagAnswers.failure(Status.BAD_REQUEST, key, INVALID_CONTEXT, NO_CONTEXT) : flags.one(key, context);
        return RestResponse.ResponseBuilder.create(answer.status(), answer.body()).build();
    }

    /** What all flags are. */
    @POST
    @RequiresPermission(value = Permission.POLICY_READ, planeWide = true)
    @Operation(operationId = "evaluateFlags", summary = "What all feature flags are in a context (OFREP)")
    @APIResponse(responseCode = "200", description = "All flags; those that could not be evaluated with the reason")
    @APIResponse(responseCode = "304", description = "The same as If-None-Match says")
    @APIResponse(responseCode = "400", description = "The context does not do")
    public RestResponse<ObjectNode> all(@HeaderParam("If-None-Match") @Nullable String known, byte[] body) {
        JsonNode context = context(body);
        if (context == null) {
            return RestResponse.ResponseBuilder.create(Status.BAD_REQUEST,
                    JsonNodeFactory.instance.objectNode().put("errorCode", INVALID_CONTEXT).put("errorDetails", NO_CONTEXT)).build();
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        flags.all(context).forEach(all.putArray("flags")::add);
        String tag = "\"" + Hash.of(CanonicalJson.of(all)).hex() + "\"";
        return (tag.equals(known) ? RestResponse.ResponseBuilder.<ObjectNode> create(Status.NOT_MODIFIED)
                : RestResponse.ResponseBuilder.ok(all)).header("ETag", tag).build();
    }

    /** The context of a request; null where there is none. */
    private static @Nullable JsonNode context(byte[] body) {
        try {
            JsonNode request = JSON.readTree(body);
            JsonNode context = request == null ? null : request.get("context");
            return context == null || !context.isObject() ? null : context;
        } catch (IOException e) {
            return null;
        }
    }
}
