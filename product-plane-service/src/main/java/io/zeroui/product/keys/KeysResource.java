package io.zeroui.product.keys;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The keys that sign a tenant's receipts. */
@Path("/v1/tenants/{tenantId}/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "keys", description = "Keys that sign tenants' receipts: validity, rotation, revocation")
public class KeysResource {

    private final TenantKeys keys;
    private final Callers callers;
    private final Clock clock = Clock.systemUTC();

    KeysResource(TenantKeys keys, Callers callers) {
        this.keys = keys;
        this.callers = callers;
    }

    /** Adds a key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.KEYS_MANAGE, planeWide = true)
    @Operation(operationId = "addKey", summary = "Adds a key; it may be limited in time")
    @APIResponse(responseCode = "201", description = "The key")
    @APIResponse(responseCode = "404", description = "There is no such tenant")
    @APIResponse(responseCode = "409", description = "There is another key of that id")
    public Uni<Response> add(@PathParam("tenantId") String tenantId, @Nullable NewKey body) {
        NewKey wish = KeyWishes.body(body);
        TenantId tenant = KeyWishes.tenant(tenantId);
        Kid kid = KeyWishes.kid(wish.kid());
        Instant from = KeyWishes.time("valid_from", wish.validFrom());
        Instant until = KeyWishes.time("valid_until", wish.validUntil());
        KeyWishes.order(from, until);
        return keys.add(tenant, kid, KeyWishes.key(wish.publicKey()), from, until, callers.current().subject())
                .map(made -> created(tenant, made));
    }

    /** Adds the key that follows another. */
    @POST
    @Path("{kid}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.KEYS_MANAGE, planeWide = true)
    @Operation(operationId = "rotateKey", summary = "Adds a new key and ends the former one after a time in which both are valid")
    @APIResponse(responseCode = "201", description = "The new key")
    @APIResponse(responseCode = "409", description = "There is another key of the new id")
    public Uni<Response> rotate(@PathParam("tenantId") String tenantId, @PathParam("kid") String former, @Nullable NewKey body) {
        NewKey wish = KeyWishes.body(body);
        TenantId tenant = KeyWishes.tenant(tenantId);
        Instant from = KeyWishes.time("valid_from", wish.validFrom());
        Instant until = KeyWishes.time("valid_until", wish.validUntil());
        KeyWishes.order(from, until);
        Instant formerUntil = (from == null ? clock.instant() : from).plus(KeyWishes.overlap(wish.overlap()));
        KeyWishes.successor(KeyWishes.kid(former), KeyWishes.kid(wish.kid()));
        return keys.rotate(tenant, KeyWishes.kid(former), formerUntil, KeyWishes.kid(wish.kid()),
                KeyWishes.key(wish.publicKey()), from, until, callers.current().subject())
                .map(made -> created(tenant, made));
    }

    /** Revokes a key. */
    @POST
    @Path("{kid}/revoke")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.KEYS_MANAGE, planeWide = true)
    @Operation(operationId = "revokeKey", summary = "Revokes a key: what ledgers took in since then counts as kid_revoked")
    @APIResponse(responseCode = "404", description = "There is no such tenant")
    public Uni<KeyView> revoke(@PathParam("tenantId") String tenantId, @PathParam("kid") String kid,
            @Nullable RevocationWish body) {
        return keys.revoke(KeyWishes.tenant(tenantId), KeyWishes.kid(kid),
                KeyWishes.revocation(KeyWishes.body(body), clock.instant()), callers.current().subject());
    }

    /** Takes a revocation back. */
    @POST
    @Path("{kid}/restore")
    @RequiresPermission(value = Permission.KEYS_MANAGE, planeWide = true)
    @Operation(operationId = "restoreKey", summary = "Takes a revocation back that was a mistake")
    @APIResponse(responseCode = "404", description = "The registry knows no such key")
    public Uni<KeyView> restore(@PathParam("tenantId") String tenantId, @PathParam("kid") String kid) {
        return keys.restore(KeyWishes.tenant(tenantId), KeyWishes.kid(kid), callers.current().subject());
    }

    /** One key. */
    @GET
    @Path("{kid}")
    @RequiresPermission(value = Permission.KEYS_READ, planeWide = true)
    @Operation(operationId = "getKey", summary = "One key")
    @APIResponse(responseCode = "404", description = "The registry knows no such key")
    public Uni<KeyView> get(@PathParam("tenantId") String tenantId, @PathParam("kid") String kid) {
        return keys.get(KeyWishes.tenant(tenantId), KeyWishes.kid(kid));
    }

    /** Keys in pages. */
    @GET
    @RequiresPermission(value = Permission.KEYS_READ, planeWide = true)
    @Operation(operationId = "listKeys", summary = "Keys of a tenant in the order of their ids, revoked ones too")
    public Uni<Map<String, List<KeyView>>> list(@PathParam("tenantId") String tenantId,
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        return keys.list(KeyWishes.tenant(tenantId), after == null ? null : KeyWishes.kid(after), KeyWishes.limit(limit))
                .map(items -> Map.of("items", items));
    }

    private static Response created(TenantId tenant, KeyView made) {
        return Response.status(Response.Status.CREATED)
                .header("Location", "/v1/tenants/" + tenant + "/keys/" + made.kid()).entity(made).build();
    }
}
