package io.zeroui.runtime.security.keys;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** API keys of this plane. */
@Path("/v1/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "credentials", description = "API keys of this plane")
public class CredentialsResource {

    private final ApiKeys keys;
    private final Callers callers;

    CredentialsResource(ApiKeys keys, Callers callers) {
        this.keys = keys;
        this.callers = callers;
    }

    /** Makes a key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.CREDENTIALS_MANAGE, planeWide = true)
    @Operation(operationId = "createCredential", summary = "Makes an API key; only this answer has its secret")
    @APIResponse(responseCode = "201", description = "The key with its secret")
    @APIResponse(responseCode = "403", description = "A permission that the maker does not have")
    public Uni<Response> create(@Nullable NewKey wish) {
        if (wish == null) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
        }
        return keys.create(wish, callers.current()).map(CredentialsResource::created);
    }

    /** All keys, newest first. */
    @GET
    @RequiresPermission(value = Permission.CREDENTIALS_MANAGE, planeWide = true)
    @Operation(operationId = "listCredentials", summary = "The newest 1,000 API keys, without secrets")
    public Uni<Map<String, List<KeyView>>> list() {
        return keys.list().map(items -> Map.of("items", items));
    }

    /** Makes a replacement. */
    @POST
    @Path("{keyId}/rotate")
    @RequiresPermission(value = Permission.CREDENTIALS_MANAGE, planeWide = true)
    @Operation(operationId = "rotateCredential", summary = "Makes a key that replaces this one, which ends after the overlap")
    @APIResponse(responseCode = "201", description = "The new key with its secret")
    @APIResponse(responseCode = "404", description = "There is no usable key of that id")
    public Uni<Response> rotate(@PathParam("keyId") String keyId,
            @QueryParam("overlap") @DefaultValue("P1D") String overlap) {
        return keys.rotate(keyId, overlap, callers.current()).map(CredentialsResource::created);
    }

    /** Revokes a key. */
    @DELETE
    @Path("{keyId}")
    @RequiresPermission(value = Permission.CREDENTIALS_MANAGE, planeWide = true)
    @Operation(operationId = "revokeCredential", summary = "Revokes an API key")
    @APIResponse(responseCode = "204", description = "It is of no use any more")
    @APIResponse(responseCode = "404", description = "There is no key of that id")
    public Uni<Void> revoke(@PathParam("keyId") String keyId) {
        return keys.revoke(keyId, callers.current());
    }

    private static Response created(KeyView key) {
        return Response.status(Response.Status.CREATED).header("Cache-Control", "no-store").entity(key).build();
    }
}
