package io.zeroui.product.policy.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.product.policy.DraftWish;
import io.zeroui.product.policy.PolicyLifecycle;
import io.zeroui.product.policy.PolicyProblem;
import io.zeroui.product.policy.gates.PolicyRollouts;
import io.zeroui.product.policy.gates.WatchedVersion;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's policies: what there is, and new versions. */
@Path("/v1/policies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies", description = "Tenants' policies, from draft to revocation")
public class PoliciesResource {

    private final PolicyLifecycle policies;
    private final PolicyCalls calls;
    private final PolicyRollouts rollouts;

    PoliciesResource(PolicyLifecycle policies, PolicyCalls calls, PolicyRollouts rollouts) {
        this.policies = policies;
        this.calls = calls;
        this.rollouts = rollouts;
    }

    /** The policies in pages. */
    @GET
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listPolicies", summary = "Policies in the order of their ids: the last version of each, and those that are released")
    public Uni<ObjectNode> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = PolicyCalls.limit(limit);
        return policies.read(calls.reader(tenant), book -> PolicyViews.items(
                book.policyIds(after, most).stream().map(id -> PolicyViews.policy(book, id)).toList()));
    }

    /** Writes a new version. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.POLICY_AUTHOR)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "draftPolicy", summary = "Writes a new version of a policy, for good; it is signed and stays as it is")
    @APIResponse(responseCode = "201", description = "The version, a draft")
    @APIResponse(responseCode = "400", description = "A member is not valid, or the content is not what the type's schema wants, or contains "
            + "source code, a secret or personal data; error.details has reason and path")
    @APIResponse(responseCode = "409", description = "There is that version already; error.details.reason says whether with other content")
    @APIResponse(responseCode = "503", description = "No snapshot can be signed or written")
    public Uni<Response> draft(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = "policy_id, version, scope, enforcement (observe, warn, soft_block, hard_block) are required; type "
                    + "and content too where no template is named; with a template the content is merged into it (RFC 7396); reason",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT, example = "{\"policy_id\":\"merge-gate\","
                            + "\"version\":\"1.0\",\"type\":\"gate\",\"scope\":\"org\",\"enforcement\":\"warn\",\"content\":{\"max_findings\":3}}")))
            byte @Nullable [] body) {
        PolicyCalls.Call call = calls.of(tenant, Permission.POLICY_AUTHOR_ALL);
        PolicyBody wish = PolicyBody.parse(body, "policy_id", "version", "type", "scope", "enforcement", "content", "template", "reason");
        PolicyVersion id = wish.get("version", version -> PolicyCalls.id(wish.get("policy_id", text -> text), version));
        DraftWish draft = new DraftWish(id, wish.find("type", text -> text), wish.get("scope", text -> text),
                wish.get("enforcement", Enforcement::ofKey), wish.object("content"), wish.find("template", text -> text));
        return policies.draft(call.tenant(), call.by(), wish.reason(), draft)
                .map(entry -> Response.status(Response.Status.CREATED).entity(PolicyViews.entry(entry))
                        .header("Location", "/v1/policies/" + id.policyId() + "/versions/" + id.version()).build());
    }

    /** One policy's versions in pages. */
    @GET
    @Path("{id}")
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getPolicy", summary = "A policy's versions in the order in which they were written; after is a version's number")
    @APIResponse(responseCode = "404", description = "There is no such policy")
    public Uni<ObjectNode> get(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String policyId,
            @QueryParam("after") @DefaultValue("0") long after, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = PolicyCalls.limit(limit);
        return policies.read(calls.reader(tenant), book -> {
            List<PolicyEntry> versions = book.list(policyId);
            if (versions.isEmpty()) {
                throw PolicyProblem.missing("policy");
            }
            ObjectNode page = PolicyViews.items(versions.stream().filter(entry -> entry.draftedAs() > after).limit(most)
                    .map(PolicyViews::entry).toList());
            return page.put("policy_id", policyId);
        });
    }

    /** One version with everything. */
    @GET
    @Path("{id}/versions/{version}")
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getPolicyVersion", summary = "A version with its snapshot, who did what to it, when and why, "
            + "and while it is released its gate, the counts that the gate looks at, and what it says of them")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Uni<ObjectNode> version(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String policyId,
            @PathParam("version") String version) {
        TenantId whose = calls.reader(tenant);
        return policies.get(whose, PolicyCalls.id(policyId, version))
                .chain(found -> rollouts.reports(whose, WatchedVersion.of(found.entry(), found.history()).stream().toList())
                        .map(reports -> PolicyViews.version(found, reports)));
    }

    /** What changed between two versions. */
    @GET
    @Path("{id}/diff")
    @RequiresPermission(Permission.POLICY_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "diffPolicy", summary = "What makes the content of one version of that of another, a JSON Patch (RFC 6902)")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Uni<JsonNode> diff(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("id") String policyId,
            @QueryParam("from") @DefaultValue("") String from, @QueryParam("to") @DefaultValue("") String to) {
        TenantId whose = calls.reader(tenant);
        PolicyVersion first = PolicyCalls.id(policyId, from);
        PolicyVersion second = PolicyCalls.id(policyId, to);
        return policies.get(whose, first)
                .chain(before -> policies.get(whose, second)
                        .chain(after -> policies.onWorker(() -> PolicyDiff.between(PolicyViews.content(before), PolicyViews.content(after)))));
    }
}
