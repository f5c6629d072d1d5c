package io.zeroui.product.witness;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The witness of the tenants' logs, for operators and auditors. */
@Path("/v1/witness")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "witness", description = "The witness of the tenants' logs")
public class WitnessResource {

    private static final int LIMIT = 1000;

    private final Witness witness;
    private final TenantAccess access;
    private final Callers callers;

    WitnessResource(Witness witness, TenantAccess access, Callers callers) {
        this.witness = witness;
        this.access = access;
        this.callers = callers;
    }

    /**
     * A key that an operator has looked at.
     *
     * @param vkey the verifier key of the log
     */
    public record AcceptedKey(@Nullable String vkey) {
    }

    /** The key that cosignatures are made with. */
    @GET
    @Path("vkey")
    @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
    @RequiresPermission(value = Permission.WITNESS_READ, planeWide = true)
    @Operation(operationId = "getWitnessKey", summary = "The verifier key of the witness (C2SP signed-note, cosignature/v1)")
    @APIResponse(responseCode = "404", description = "There is no witness here")
    public Response key() {
        String vkey = witness.key().map(VerifierKey::format).orElseThrow(() -> new ProblemException(
                ErrorCode.RESOURCE_NOT_FOUND, "There is no witness here: it has no key"));
        return Response.ok((vkey + "\n").getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8").build();
    }

    /** The logs that are known. */
    @GET
    @Path("logs")
    @RequiresPermission(value = Permission.WITNESS_READ, planeWide = true)
    @Operation(operationId = "listWitnessedLogs", summary = "Which logs are witnessed, how far, and by which keys")
    public Uni<Map<String, List<WitnessedLog>>> logs(@QueryParam("after") @DefaultValue("") String after,
            @QueryParam("after_origin") @DefaultValue("") String afterOrigin, @QueryParam("limit") @DefaultValue("100") int limit) {
        if (limit < 1 || limit > LIMIT) {
            throw invalid("limit must be 1 to " + LIMIT);
        }
        return witness.list(after, afterOrigin, limit).map(items -> Map.of("items", items));
    }

    /** Accepts another key of a log; what the log says must still go on from what is known. Leaves an audit record. */
    @POST
    @Path("logs/{tenant}/accept-key")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.WITNESS_MANAGE, planeWide = true)
    @Operation(operationId = "acceptLogKey", summary = "Accepts another key of a log; the log must still go on from what is known")
    @APIResponse(responseCode = "404", description = "That log of the tenant is not known")
    public Uni<WitnessedLog> accept(@PathParam("tenant") String tenant, @Nullable AcceptedKey body) {
        VerifierKey key = key(body);
        TenantId whose = access.get(tenant, Permission.WITNESS_MANAGE, "tenant");
        return witness.accept(whose, key, callers.current().subject())
                .map(found -> found.orElseThrow(() -> new ProblemException(ErrorCode.RESOURCE_NOT_FOUND,
                        "The witness does not know the log " + key.name() + " of this tenant")));
    }

    private static VerifierKey key(@Nullable AcceptedKey body) {
        String text = body == null ? null : body.vkey();
        if (text == null) {
            throw invalid("vkey is required: the verifier key of the log");
        }
        try {
            VerifierKey key = VerifierKey.parse(text.strip());
            if (key.type() != VerifierKey.ED25519) {
                throw new IllegalArgumentException("it is the key of a witness");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw invalid("vkey: " + e.getMessage());
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, detail);
    }
}
