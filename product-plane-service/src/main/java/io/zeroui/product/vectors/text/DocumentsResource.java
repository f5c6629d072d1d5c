package io.zeroui.product.vectors.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Documents of a collection: texts that are kept as points. */
@Path("/v1/collections/{collection}/documents")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "vectors", description = "Tenants' collections of vectors, searched by nearness")
public class DocumentsResource {

    private static final int PAGE_MOST = 100;

    private final Documents documents;
    private final DocumentsConfig config;
    private final TenantAccess tenants;
    private final Bulkhead writing;

    DocumentsResource(Documents documents, DocumentsConfig config, TenantAccess tenants) {
        this.documents = documents;
        this.config = config;
        this.tenants = tenants;
        this.writing = new Bulkhead(config.writtenOfTenant(), config.written());
    }

    /**
     * A page of documents.
     *
     * @param items without their texts
     * @param next for the parameter {@code from} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DocumentList(List<DocumentView> items, @Nullable JsonNode next) {
    }

    /**
     * What was deleted.
     *
     * @param deleted whether there was such a document
     */
    public record Deleted(boolean deleted) {
    }

    /** Writes a document. */
    @PUT
    @Path("{document}")
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Operation(operationId = "putDocument", summary = "Writes a document in the place of what had its id: content (required), title, file_type, tags, "
            + "created_at, metadata, provider, chunk: unit (tokens, characters), size, overlap. It is cut into chunks, and each becomes a point")
    @APIResponse(responseCode = "404", description = "The tenant has no such collection")
    @APIResponse(responseCode = "413", description = "The document makes too many chunks")
    @APIResponse(responseCode = "503", description = "Too many texts wait to be embedded, or the embedding service does not answer")
    public Uni<DocumentView> put(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @PathParam("document") String document, byte @Nullable [] body) {
        TenantId whose = tenants.get(tenant, Permission.VECTORS_WRITE_ALL, TenantAccess.HEADER);
        CollectionName name = CollectionName.of(collection);
        DocumentId id = DocumentId.writable(document);
        if (!writing.tryTake(whose.value())) {
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many documents are being written at once");
        }
        return Uni.createFrom().item(() -> NewDocument.parse(body, config.charactersMost()))
                .chain(wish -> documents.put(whose, name, id, wish))
                .onTermination().invoke(() -> writing.giveBack(whose.value()));
    }

    /** Documents of a collection. */
    @GET
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listDocuments", summary = "The documents of a collection, without their texts")
    @Parameter(name = "limit", description = "From 1 to 100")
    @Parameter(name = "from", description = "What the page before says as next")
    public Uni<DocumentList> list(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @QueryParam("limit") @DefaultValue("50") int limit, @QueryParam("from") @Nullable String from) {
        TenantId whose = tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER);
        if (limit < 1 || limit > PAGE_MOST) {
            throw VectorProblem.invalid("limit", "must be from 1 to " + PAGE_MOST);
        }
        return documents.list(whose, CollectionName.of(collection), from == null ? null : PointId.parse(from), limit)
                .map(page -> new DocumentList(page.items(), page.next() == null ? null : page.next().toJson()));
    }

    /** One document. */
    @GET
    @Path("{document}")
    @RequiresPermission(Permission.VECTORS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getDocument", summary = "A document with its text")
    @APIResponse(responseCode = "404", description = "The tenant has no such collection, or the collection no such document")
    public Uni<DocumentView> get(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @PathParam("document") String document) {
        TenantId whose = tenants.get(tenant, Permission.VECTORS_READ_ALL, TenantAccess.HEADER);
        return documents.get(whose, CollectionName.of(collection), new DocumentId(document));
    }

    /** Deletes a document. */
    @DELETE
    @Path("{document}")
    @RequiresPermission(Permission.VECTORS_WRITE)
    @Limited(RateLimit.INGEST)
    @Operation(operationId = "deleteDocument", summary = "Deletes a document with all its points")
    @APIResponse(responseCode = "404", description = "The tenant has no such collection")
    public Uni<Deleted> delete(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @PathParam("collection") String collection,
            @PathParam("document") String document) {
        TenantId whose = tenants.get(tenant, Permission.VECTORS_WRITE_ALL, TenantAccess.HEADER);
        return documents.delete(whose, CollectionName.of(collection), DocumentId.writable(document)).map(Deleted::new);
    }
}
