package io.zeroui.ide.receipts.lookup;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.ide.receipts.lookup.ReceiptLookup.Found;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Looks receipts up. */
@Path("/v1/receipts")
@Tag(name = "receipts", description = "Receipts of this edge")
public class ReceiptLookupResource {

    private static final int MAX_LIMIT = 1000;
    private static final String NDJSON = "application/x-ndjson";

    private final ReceiptLookup receipts;
    private final TenantAccess tenants;

    ReceiptLookupResource(ReceiptLookup receipts, TenantAccess tenants) {
        this.receipts = receipts;
        this.tenants = tenants;
    }

    /** One receipt: JSON with what the index knows, or with {@code Accept: application/x-ndjson} its bytes as stored. */
    @GET
    @RequiresPermission(Permission.RECEIPTS_READ)
    @Limited(RateLimit.QUERY)
    @Path("/{id}")
    @Produces({ MediaType.APPLICATION_JSON, NDJSON })
    @Operation(summary = "One receipt", description = "With raw=true or Accept: application/x-ndjson the bytes as stored")
    public Uni<Response> get(@PathParam("id") String id, @QueryParam("raw") @DefaultValue("false") boolean raw,
            @HeaderParam("Accept") @Nullable String accept,
            @HeaderParam(TenantAccess.HEADER) @Nullable String named) {
        TenantId tenant = tenants.find(named, Permission.RECEIPTS_READ_ALL);
        ReceiptId receiptId = valid("receipt id", id, ReceiptId::of);
        boolean bytes = raw || accept != null && accept.contains(NDJSON);
        return receipts.find(receiptId)
                .onFailure().transform(ReceiptLookupResource::unavailable)
                .map(found -> {
                    if (found == null || tenant != null && !tenant.equals(found.entry().tenantId())) {
                        throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no receipt " + id + " here");
                    }
                    return bytes ? Response.ok(found.line(), NDJSON).build()
                            : Response.ok(view(found), MediaType.APPLICATION_JSON_TYPE).build();
                });
    }

    /** The newest receipts by their own time, newest first. */
    @GET
    @RequiresPermission(Permission.RECEIPTS_READ)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The newest receipts by their own time, newest first")
    public Uni<Map<String, List<ReceiptView>>> list(
            @Parameter(description = "only this repository's") @QueryParam("repo") @Nullable String repo,
            @Parameter(description = "not older than this, RFC 3339") @QueryParam("since") @Nullable String since,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue("100") int limit,
            @HeaderParam(TenantAccess.HEADER) @Nullable String named) {
        TenantId tenant = tenants.find(named, Permission.RECEIPTS_READ_ALL);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "limit must be 1 to " + MAX_LIMIT);
        }
        RepoId repoId = repo == null ? null : valid("repo", repo, RepoId::of);
        return receipts.listNewest(tenant, repoId, since(since), limit)
                .onFailure().transform(ReceiptLookupResource::unavailable)
                .map(entries -> Map.of("items", entries.stream().map(ReceiptView::of).toList()));
    }

    private static FoundReceipt view(Found found) {
        return new FoundReceipt(new String(found.line(), StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(found.line()), ReceiptView.of(found.entry()), found.indexed());
    }

    private static Instant since(@Nullable String since) {
        try {
            return since == null ? Instant.EPOCH : Instant.parse(since);
        } catch (DateTimeParseException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "since must be RFC 3339, for example "
                    + "2026-01-31T00:00:00Z");
        }
    }

    private static <T> T valid(String what, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, what + ": " + e.getMessage());
        }
    }

    private static Throwable unavailable(Throwable failure) {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The index does not answer or does not agree with"
                + " the file: " + failure.getMessage());
    }
}
