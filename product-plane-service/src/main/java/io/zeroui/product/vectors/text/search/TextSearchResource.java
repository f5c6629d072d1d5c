package io.zeroui.product.vectors.text.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.ScoredPoint;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Search by a text. */
@Path("/v1/collections/{collection}/search/text")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "vectors", description = "Tenants' collections of vectors, searched by nearness")
public class TextSearchResource {

    private final TextSearches searches;
    private final TenantAccess tenants;

    TextSearchResource(TextSearches searches, TenantAccess tenants) {
        this.searches = searches;
        this.tenants = tenants;
    }

    /**
     * What was found.
     *
     * @param items the nearest first
     * @param model that made the vector of the text
     */
    public record TextSearchAnswer(List<Item> items, String model) {
    }

    /**
     * A point that was found.
     *
     * @param id a number or a UUID
     * @param score as the collection's metric has it; of a hybrid search the sum of reciprocal ranks
     * @param payload what was asked for of it
     * @param vector where it was asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(JsonNode id, double score, @Nullable ObjectNode payload, float @Nullable [] vector) {

        static Item of(ScoredPoint found) {
            return new Item(found.point().id().toJson(), found.score(), found.point().payload(), found.point().vector());
        }
    }

    /** Searches. */
    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "searchText", summary = "The points that are nearest to a text: text (required), hybrid (its words count too), limit, offset, "
            + "filter, score_threshold, provider, exact, ef, with_payload, with_vector")
    @APIResponse(responseCode = "404", description = "The tenant has no such collection")
    @APIResponse(responseCode = "503", description = "Too many texts wait to be embedded, or the embedding service does not answer")
    public Uni<TextSearchAnswer> search(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER);
        return searches.search(whose, CollectionName.of(collection), TextQuery.parse(body))
                .map(found -> new TextSearchAnswer(found.points().stream().map(Item::of).toList(), found.model()));
    }
}
