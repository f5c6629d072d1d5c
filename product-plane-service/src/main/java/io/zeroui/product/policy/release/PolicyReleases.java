package io.zeroui.product.policy.release;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import java.util.List;

/** What tenants' edges shall have from now on. */
public interface PolicyReleases {

    /**
     * Signs and announces a tenant's policies in the place of those before. The same list again changes nothing. When it completes they are on
     * the disk, signed; planes that cannot be reached hear of them later.
     */
    Uni<Void> publish(TenantId tenant, List<ReleasedPolicy> all);
}
