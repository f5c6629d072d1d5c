package io.zeroui.product.vectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.product.vectors.AliasChange;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Further names of collections. */
@Path("/v1/collection-aliases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "vectors", description = "Tenants' collections of vectors, searched by nearness")
public class AliasesResource {

    private final Collections collections;
    private final TenantAccess tenants;

    AliasesResource(Collections collections, TenantAccess tenants) {
        this.collections = collections;
        this.tenants = tenants;
    }

    /** All of them. */
    @GET
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listCollectionAliases", summary = "The tenant's aliases and the collections that they mean")
    public Uni<ObjectNode> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        return collections.aliases(tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER))
                .map(aliases -> VectorViews.items(List.copyOf(aliases.entrySet()), alias -> VectorViews.alias(alias.getKey(), alias.getValue())));
    }

    /** Changes them. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_ADMIN)
    @Limited(RateLimit.INGEST)
    @Blocking
    @Operation(operationId = "changeCollectionAliases", summary = "Changes aliases, all at once or none: a new collection takes over in a moment")
    @APIResponse(responseCode = "404", description = "A collection or an alias is not there")
    @APIResponse(responseCode = "409", description = "A name is a collection's own")
    public Uni<ObjectNode> change(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = "changes: each has put with alias and collection, delete with alias, or rename with from and to",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"changes\":[{\"put\":{\"alias\":\"live\",\"collection\":\"documents-2\"}}]}")))
            byte @Nullable [] body) {
        List<AliasChange> changes = VectorBody.parse(body, "changes").list("changes").stream().map(AliasesResource::change).toList();
        return collections.changeAliases(tenants.get(tenant, Permission.VECTORS_ADMIN_ALL, TenantAccess.HEADER), changes)
                .replaceWith(() -> VectorViews.count("changed", changes.size()));
    }

    private static AliasChange change(JsonNode one) {
        VectorBody change = VectorBody.of(one, "put", "delete", "rename");
        if (one.size() != 1) {
            throw VectorProblem.invalid("changes", "must each have put, delete or rename, and one only");
        }
        if (change.find("put") != null) {
            VectorBody put = VectorBody.of(change.object("put"), "alias", "collection");
            return new AliasChange.Put(CollectionName.of(put.text("alias")), CollectionName.of(put.text("collection")));
        } else if (change.find("delete") != null) {
            return new AliasChange.Delete(CollectionName.of(VectorBody.of(change.object("delete"), "alias").text("alias")));
        }
        VectorBody rename = VectorBody.of(change.object("rename"), "from", "to");
        return new AliasChange.Rename(CollectionName.of(rename.text("from")), CollectionName.of(rename.text("to")));
    }
}
