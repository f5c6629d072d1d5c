package io.zeroui.product.vectors.text.reembedding;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.text.TextBody;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Re-embeddings of collections. */
@Path("/v1/reembeddings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "vectors", description = "Tenants' collections of vectors, searched by nearness")
public class ReembeddingResource {

    private static final int LIST_MOST = 100;
    private static final int NAME_MOST = 128;

    private final Reembeddings reembeddings;
    private final TenantAccess tenants;

    ReembeddingResource(Reembeddings reembeddings, TenantAccess tenants) {
        this.reembeddings = reembeddings;
        this.tenants = tenants;
    }

    /**
     * Some jobs.
     *
     * @param items the newest first, at most 100
     */
    public record Jobs(List<Reembedding> items) {
    }

    /** Begins a job. */
    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Operation(operationId = "beginReembedding", summary = "Makes the collection that an alias means anew with another provider's vectors, beside it, and then has "
            + "the alias mean the new one: alias, target (name of the new collection), provider. The old collection stays until it is deleted")
    @APIResponse(responseCode = "202", description = "The job, which goes on by itself")
    @APIResponse(responseCode = "404", description = "The tenant has no such alias")
    @APIResponse(responseCode = "409", description = "It is no alias, the target is there, or a job of that alias runs")
    public Uni<RestResponse<Reembedding>> begin(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.VECTORS_ADMIN_ALL, TenantAccess.HEADER);
        TextBody json = TextBody.parse(body, "alias", "target", "provider");
        return reembeddings.begin(whose, CollectionName.of(json.required("alias", NAME_MOST)), CollectionName.of(json.required("target", NAME_MOST)),
                json.required("provider", NAME_MOST)).map(job -> RestResponse.status(RestResponse.Status.ACCEPTED, job));
    }

    /** Jobs of a tenant. */
    @GET
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listReembeddings", summary = "The newest re-embeddings of a tenant, and how far they have come")
    public Uni<Jobs> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        return reembeddings.list(tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER), LIST_MOST).map(Jobs::new);
    }

    /** One job. */
    @GET
    @Path("{job}")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getReembedding", summary = "A re-embedding, and how far it has come")
    @APIResponse(responseCode = "404", description = "The tenant has no such job")
    public Uni<Reembedding> get(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("job") String job) {
        TenantId whose = tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER);
        try {
            return reembeddings.get(whose, UUID.fromString(job));
        } catch (IllegalArgumentException e) {
            throw VectorProblem.missing("re-embedding");
        }
    }
}
