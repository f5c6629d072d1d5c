package io.zeroui.tenant.policy;

import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.tenant.registry.KnownRegistry.Enrolment;
import io.zeroui.tenant.registry.RegistryConfig;
import io.zeroui.tenant.registry.RegistryConfig.UnenrolledEdges;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;

/** Which edges follow whose policies. */
@ApplicationScoped
public class FollowingEdges {

    private final RegistryMirror registry;
    private final TenantId unenrolled;
    private final boolean takesUnenrolled;

    FollowingEdges(RegistryMirror registry, PolicyMirrorConfig config, RegistryConfig registered) {
        this.registry = registry;
        this.unenrolled = TenantId.of(config.unenrolledTenant());
        this.takesUnenrolled = registered.unenrolledEdges() == UnenrolledEdges.ACCEPT;
    }

    /** Whether an edge gets a tenant's policies: it is enrolled there, or nowhere and the tenant is that of such edges. */
    public boolean isOf(TenantId tenant, EdgeId edge) {
        Enrolment enrolment = registry.known().edges().get(edge);
        return enrolment == null ? takesUnenrolled && tenant.equals(unenrolled) : isActive(enrolment, tenant);
    }

    /** Whose policies are asked for on a stream: those of its tenant, or of the tenant of edges that nobody enrolled. */
    TenantId whose(StreamScope stream) {
        TenantId tenant = stream.tenant();
        return tenant == null ? unenrolled : tenant;
    }

    /** Whether an edge may ask on a stream: a tenant's is for those that are enrolled there. */
    boolean mayAsk(StreamScope stream, EdgeId edge) {
        Enrolment enrolment = registry.known().edges().get(edge);
        return enrolment == null ? takesUnenrolled && stream.tenant() == null : isActive(enrolment, whose(stream));
    }

    private static boolean isActive(Enrolment enrolment, TenantId tenant) {
        return enrolment.tenant().equals(tenant) && enrolment.state() == RegistryState.ACTIVE;
    }
}
