package io.zeroui.runtime.security.tenants;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.problems.RequestId;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides whose data a request may reach. To be asked at the beginning of a resource method, on its own thread. */
@ApplicationScoped
public class TenantAccess {

    /** Header that names a tenant. */
    public static final String HEADER = "X-Tenant-Id";

    /** Why a credential without a tenant may not do what belongs to one. */
    public static final String NO_TENANT = "The credential is for no tenant and may not act for all of them";

    private final AccessAudit audit;
    private final CurrentVertxRequest request;

    TenantAccess(AccessAudit audit, CurrentVertxRequest request) {
        this.audit = audit;
        this.request = request;
    }

    /**
     * The tenant of the present request: the credential's own; for a credential of the whole plane with the permission for
     * all tenants the one that the request names, or null where it names none: any tenant.
     *
     * @param named what the request names, in a header or parameter
     * @param all the permission to reach every tenant
     * @throws ProblemException 400 for a name that is none, 403 for another tenant, 400 where nothing says whose data it is,
     *         503 where the access cannot be noted
     */
    public @Nullable TenantId find(@Nullable String named, Permission all) {
        RoutingContext routing = request.getCurrent();
        return find(Callers.get(routing), routing, named, all);
    }

    private @Nullable TenantId find(Caller caller, @Nullable RoutingContext routing, @Nullable String named, Permission all) {
        TenantId wanted = parse(named);
        TenantId own = caller.tenant();
        if (own != null) {
            if (wanted != null && !wanted.equals(own)) {
                throw new ProblemException(ErrorCode.FORBIDDEN, "The credential is for another tenant");
            }
            return own;
        }
        if (!caller.may(all)) {
            throw new ProblemException(wanted == null ? ErrorCode.TENANT_ID_MISSING : ErrorCode.FORBIDDEN,
                    "The credential is for no tenant and does not have the permission " + all.text());
        }
        note(caller, wanted, all, routing);
        return wanted;
    }

    /**
     * The same where a tenant must be known.
     *
     * @param where what to name it with, for the message
     * @throws ProblemException as {@link #find}, and 400 where no tenant is named
     */
    public TenantId get(@Nullable String named, Permission all, String where) {
        RoutingContext routing = request.getCurrent();
        return get(Callers.get(routing), routing, named, all, where);
    }

    /** The same for a route beside the resources, which names the tenant in the header. */
    public TenantId get(RoutingContext routing, Caller caller, Permission all) {
        return get(caller, routing, routing.request().getHeader(HEADER), all, HEADER);
    }

    private TenantId get(Caller caller, @Nullable RoutingContext routing, @Nullable String named, Permission all, String where) {
        String text = named == null || named.isBlank() ? null : named;
        if (text == null && caller.tenant() == null) {
            throw new ProblemException(ErrorCode.TENANT_ID_MISSING, ErrorCode.TENANT_ID_MISSING.status(),
                    where + " is required: it names the tenant", Map.of("parameter", where));
        }
        TenantId tenant = find(caller, routing, text, all);
        if (tenant == null) {
            throw new ProblemException(ErrorCode.TENANT_ID_MISSING, "No tenant is named");
        }
        return tenant;
    }

    /**
     * The only tenant for which a caller may write; null where it may write for all.
     *
     * @param all the permission to write for every tenant
     * @throws ProblemException 403 for a credential that is neither of a tenant nor for all
     */
    public static @Nullable TenantId owner(Caller caller, Permission all) {
        if (caller.tenant() == null && !caller.may(all)) {
            throw new ProblemException(ErrorCode.FORBIDDEN, NO_TENANT);
        }
        return caller.tenant();
    }

    private void note(Caller caller, @Nullable TenantId tenant, Permission permission, @Nullable RoutingContext routing) {
        String requestId = routing == null ? "" : RequestId.of(routing.request());
        if (!audit.note(caller.subject(), tenant == null ? "*" : tenant.value(), permission, requestId)) {
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                    "The access cannot be noted at the moment, so it is not allowed");
        }
    }

    private static @Nullable TenantId parse(@Nullable String named) {
        try {
            return named == null ? null : TenantId.of(named);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage()));
        }
    }
}
