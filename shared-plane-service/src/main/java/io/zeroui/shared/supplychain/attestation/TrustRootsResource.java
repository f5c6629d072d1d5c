package io.zeroui.shared.supplychain.attestation;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Whose attestations are believed. */
@Path("/v1/attestations/trust")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "attestations", description = "DSSE envelopes and Sigstore bundles, and whether they are believed")
public class TrustRootsResource {

    private static final Pattern TAG = Pattern.compile("\"trust-([0-9]{1,18})\"");

    private final TrustRoots trust;
    private final Callers callers;

    TrustRootsResource(TrustRoots trust, Callers callers) {
        this.trust = trust;
        this.callers = callers;
    }

    /** The trust root that counts. */
    @GET
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "getTrustRoot", summary = "The trust root that counts")
    @APIResponse(responseCode = "200", description = "The trust root")
    @APIResponse(responseCode = "304", description = "The version that If-None-Match says")
    @APIResponse(responseCode = "404", description = "None was set yet: nobody is believed")
    public Uni<RestResponse<TrustView>> current(@HeaderParam("If-None-Match") @Nullable String known) {
        return trust.get(null).map(view -> tag(view).equals(known)
                ? RestResponse.ResponseBuilder.<TrustView> create(RestResponse.Status.NOT_MODIFIED).header("ETag", tag(view)).build()
                : answer(view));
    }

    /** Sets a trust root. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.SUPPLY_TRUST, planeWide = true)
    @Operation(operationId = "setTrustRoot", summary = "Sets a trust root, which counts from now on; all attestations are verified again under it")
    @APIResponse(responseCode = "200", description = "The trust root with its version")
    @APIResponse(responseCode = "400", description = "It cannot be read, or note is missing")
    @APIResponse(responseCode = "412", description = "Another version counts than If-Match says")
    public Uni<RestResponse<TrustView>> set(byte @Nullable [] document,
            @QueryParam("note") @Parameter(description = "Why, 1 to 500 characters", required = true) @Nullable String note,
            @HeaderParam("If-Match") @Nullable String expected) {
        if (document == null || document.length == 0) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is a trust root");
        }
        return trust.set(document, note == null ? "" : note, version(expected), callers.current().subject()).map(TrustRootsResource::answer);
    }

    /** Trust roots in pages. */
    @GET
    @Path("versions")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "listTrustRoots", summary = "All trust roots, newest first: who set them, when and why")
    @APIResponse(responseCode = "200", description = "One page")
    public Uni<Page<TrustView>> versions(@QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @DefaultValue("50") int limit) {
        return trust.list(cursor, limit);
    }

    /** One trust root. */
    @GET
    @Path("versions/{version: [0-9]{1,18}}")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "getTrustRootVersion", summary = "A trust root, also one that counts no longer")
    @APIResponse(responseCode = "200", description = "The trust root")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Uni<RestResponse<TrustView>> version(@PathParam("version") long version) {
        return trust.get(version).map(TrustRootsResource::answer);
    }

    private static RestResponse<TrustView> answer(TrustView view) {
        return RestResponse.ResponseBuilder.ok(view).header("ETag", tag(view)).build();
    }

    private static String tag(TrustView view) {
        return "\"trust-" + view.version() + '"';
    }

    private static @Nullable Long version(@Nullable String tag) {
        if (tag == null || tag.equals("*")) {
            return null;
        }
        Matcher matcher = TAG.matcher(tag);
        if (!matcher.matches()) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "If-Match is an ETag of a trust root");
        }
        return Long.parseLong(matcher.group(1));
    }
}
