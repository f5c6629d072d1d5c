package io.zeroui.tenant.evidence.export.http;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.access.EvidenceAction;
import io.zeroui.tenant.evidence.access.EvidenceReads;
import io.zeroui.tenant.evidence.export.Export;
import io.zeroui.tenant.evidence.export.ExportId;
import io.zeroui.tenant.evidence.export.ExportWish;
import io.zeroui.tenant.evidence.export.Exports;
import io.zeroui.tenant.evidence.requests.JsonBody;
import io.zeroui.tenant.evidence.requests.PageCursor;
import io.zeroui.tenant.evidence.search.SearchResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** The evidence API: exports. */
@Path("/v1/evidence/export")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evidence export", description = "Receipts of a tenant as a file")
public class ExportsResource {

    private static final String ORDER = "exports";
    private static final int MAX_LIMIT = 100;

    private final Exports exports;
    private final ExportLinks links;
    private final TenantAccess tenants;
    private final Callers callers;
    private final EvidenceReads reads;

    ExportsResource(Exports exports, ExportLinks links, TenantAccess tenants, Callers callers, EvidenceReads reads) {
        this.exports = exports;
        this.links = links;
        this.tenants = tenants;
        this.callers = callers;
        this.reads = reads;
    }

    /** Asks for an export. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.EVIDENCE_EXPORT)
    @Limited(RateLimit.EXPORT)
    @Operation(operationId = "exportReceipts", summary = "Begins to write receipts into a file, in the ledger's order and of one "
            + "moment")
    @APIResponse(responseCode = "202", description = "The export; Location and links.self say where to look")
    @APIResponse(responseCode = "400", description = SearchResource.INVALID)
    @APIResponse(responseCode = "403", description = "The tenant is deleted")
    public Uni<Response> begin(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant,
            @RequestBody(description = SearchResource.FILTERS + "format: jsonl (the stored lines byte for byte, if not given), csv "
                    + "or parquet (the columns of the index); compression: none (if not given) or gzip, not for parquet",
                    content = @Content(schema = @Schema(type = SchemaType.OBJECT,
                            example = "{\"from\":\"2026-01-01T00:00:00Z\",\"format\":\"jsonl\",\"compression\":\"gzip\"}")))
            byte @Nullable [] body) {
        TenantId whose = tenant(tenant);
        ExportWish wish = ExportWish.parse(body);
        return reads.begin(EvidenceAction.EXPORT, wish.words())
                .noting(whose, exports.begin(whose, wish, callers.current().subject()), export -> 0)
                .map(export -> Response.status(Response.Status.ACCEPTED).entity(answer(export))
                        .header("Location", ExportAnswer.PATH + export.id()).build());
    }

    /** One export. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_EXPORT)
    @Limited(RateLimit.QUERY)
    @Path("{id}")
    @Operation(operationId = "getExport", summary = "How far an export is; when it is done, a link to its file that needs no "
            + "credential until url_expires_at")
    @APIResponse(responseCode = "200", description = "state is queued, running, done, failed or expired")
    @APIResponse(responseCode = "404", description = "The tenant has no such export")
    public ExportAnswer get(@PathParam("id") String id, @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        return answer(exports.get(tenant(tenant), ExportId.parse(id).orElse(null)));
    }

    /** The exports. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_EXPORT)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "listExports", summary = "The tenant's exports, newest first: limit 1 to 100, cursor as next_cursor of "
            + "the page before")
    public ExportPage list(@QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @DefaultValue("50") String limit,
            @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        TenantId whose = tenant(tenant);
        int most = limit(limit);
        long before = cursor == null ? Long.MAX_VALUE : PageCursor.parse(cursor, whose, ORDER)
                .orElseThrow(() -> JsonBody.invalid("cursor", "is not the next_cursor of a page")).micros();
        List<Export> behind = exports.list(whose).stream().filter(one -> micros(one) < before).limit(most + 1L).toList();
        List<Export> page = behind.size() > most ? behind.subList(0, most) : behind;
        String next = behind.size() > most ? new PageCursor(0, micros(page.get(most - 1)), 0).format(whose, ORDER) : null;
        return new ExportPage(page.stream().map(this::answer).toList(), next);
    }

    /** Removes an export. */
    @DELETE
    @RequiresPermission(Permission.EVIDENCE_EXPORT)
    @Limited(RateLimit.QUERY)
    @Path("{id}")
    @Operation(operationId = "removeExport", summary = "Removes an export and its file, or ends it before it is done")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = "The tenant has no such export")
    public Uni<Response> remove(@PathParam("id") String id, @HeaderParam(TenantAccess.HEADER) @Nullable String tenant) {
        return exports.remove(tenant(tenant), ExportId.parse(id).orElse(null)).map(done -> Response.noContent().build());
    }

    private ExportAnswer answer(Export export) {
        return ExportAnswer.of(export, exports.rowsWritten(export), links.make(export).orElse(null));
    }

    private static long micros(Export export) {
        return PageCursor.at(0, export.requestedAt(), 0).micros();
    }

    private static int limit(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = isNumber ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw JsonBody.invalid("limit", "must be an integer from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    private TenantId tenant(@Nullable String named) {
        return tenants.get(named, Permission.EVIDENCE_EXPORT_ALL, TenantAccess.HEADER);
    }
}
