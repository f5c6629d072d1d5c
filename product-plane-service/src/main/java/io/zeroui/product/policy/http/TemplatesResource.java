package io.zeroui.product.policy.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.policy.PolicyLifecycle;
import io.zeroui.product.policy.PolicyProblem;
import io.zeroui.product.policy.templates.ContentSchemas;
import io.zeroui.product.policy.templates.PolicyTemplate;
import io.zeroui.product.policy.templates.PolicyTemplates;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Templates of policies, and schemas of their contents; the same for all tenants. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy templates", description = "What policies begin with, and what their contents must look like")
public class TemplatesResource {

    private static final int CONFLICT = 409;

    private final PolicyTemplates templates;
    private final ContentSchemas schemas;
    private final PolicyLifecycle policies;
    private final PolicyCalls calls;

    TemplatesResource(PolicyTemplates templates, ContentSchemas schemas, PolicyLifecycle policies, PolicyCalls calls) {
        this.templates = templates;
        this.schemas = schemas;
        this.policies = policies;
        this.calls = calls;
    }

    /** The templates. */
    @GET
    @Path("policy-templates")
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listPolicyTemplates", summary = "Ids of templates in their order")
    public Uni<Map<String, List<String>>> list(@QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = PolicyCalls.limit(limit);
        return policies.onWorker(() -> Map.of("items", templates.ids(after, most)));
    }

    /** One template. */
    @GET
    @Path("policy-templates/{id}")
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getPolicyTemplate", summary = "One template")
    @APIResponse(responseCode = "404", description = "There is no such template")
    public Uni<ObjectNode> get(@PathParam("id") String id) {
        return policies.onWorker(() -> templates.find(id).orElseThrow(() -> PolicyProblem.missing("template")).write());
    }

    /** Writes or replaces a template. */
    @PUT
    @Path("policy-templates/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.POLICY_AUTHOR_ALL, planeWide = true)
    @Operation(operationId = "putPolicyTemplate", summary = "Writes or replaces a template: type and content")
    @APIResponse(responseCode = "409", description = "There are too many templates")
    public Uni<ObjectNode> put(@PathParam("id") String id, byte @Nullable [] body) {
        String by = calls.by();
        PolicyBody wish = PolicyBody.parse(body, "type", "content");
        ObjectNode content = wish.object("content");
        if (content == null) {
            throw PolicyProblem.invalid("content", "is required");
        }
        PolicyTemplate template = wish.get("type", type -> new PolicyTemplate(id, type, content, by, Instant.now()));
        return policies.onWorker(() -> {
            require(templates.put(template));
            return template.write();
        });
    }

    /** The types that have a schema. */
    @GET
    @Path("policy-schemas")
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listPolicySchemas", summary = "Types of policies whose contents have a schema")
    public Uni<Map<String, List<String>>> types() {
        return policies.onWorker(() -> Map.of("items", templates.types()));
    }

    /** The schema of a type. */
    @GET
    @Path("policy-schemas/{type}")
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getPolicySchema", summary = "The JSON Schema of the contents of a type")
    @APIResponse(responseCode = "404", description = "The type has no schema")
    public Uni<ObjectNode> schema(@PathParam("type") String type) {
        return policies.onWorker(() -> PolicyBody.object(templates.findSchema(type).orElseThrow(() -> PolicyProblem.missing("schema"))));
    }

    /** Writes or replaces the schema of a type. */
    @PUT
    @Path("policy-schemas/{type}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.POLICY_AUTHOR_ALL, planeWide = true)
    @Operation(operationId = "putPolicySchema", summary = "Writes or replaces the JSON Schema (2020-12) of the contents of a type; new drafts must meet it")
    @APIResponse(responseCode = "400", description = "It is no schema, or refers to another document")
    public Uni<ObjectNode> putSchema(@PathParam("type") String type, byte @Nullable [] body) {
        if (!PolicyLabels.isType(type)) {
            throw PolicyProblem.invalid("type", "must be kebab-case, at most 64 characters");
        }
        ObjectNode schema = PolicyBody.object(body);
        return policies.onWorker(() -> {
            List<ContentSchemas.Fault> faults = schemas.faultsOfSchema(schema);
            if (!faults.isEmpty()) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                        "This is no schema that can be used: " + faults.get(0).path() + " " + faults.get(0).rule(),
                        Map.of("reason", "NO_SCHEMA"));
            }
            require(templates.putSchema(type, schema));
            return schema;
        });
    }

    private static void require(boolean written) {
        if (!written) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, "There are " + PolicyTemplates.MOST + " of them already",
                    Map.of("reason", "TOO_MANY"));
        }
    }
}
